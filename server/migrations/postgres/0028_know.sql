-- A text that says something else than before asks again (PIPL 14): who agreed to an older one owes an answer, and an
-- older yes counts up to and including a day.
alter table consent_text add column again_until date; -- null: what was agreed to before stands
create index consent_granted on consent (workspace_id, purpose, id) where state = 'granted';
