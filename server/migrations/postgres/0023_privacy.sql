-- Whose word stands behind which text; one child forgotten without its mother; a sign of a household knows its child.

-- A deletion finds what names a child by its column.
alter table household_sign add column child bigint
  generated always as (case when kind = 'child' then key::bigint end) stored;
create index household_sign_child on household_sign (child) where child is not null;
-- The request outlives the child's number.
alter table rights_request add column one_child boolean not null default false;
update rights_request set one_child = true where child is not null;

-- Of a silenced child no sign of its name and birthday is kept either.
create or replace function keep_child_past() returns trigger language plpgsql as $$
begin
  -- Of a silenced child nothing is kept (people/hush.store.ts).
  if 'silenced' = any (new.marks) then
    delete from child_past where child = old.id;
    delete from child_note where child = old.id;
    delete from household_sign where child = old.id;
    update child set born_on = null, due_on = null, gestation_days = null, adopted_on = null, gender = null,
      gender_code = null, sealed_name = null, key = 'silenced ' || id, marks = array['silenced'], version = version + 1
      where aside_of = old.id and not 'silenced' = any (marks);
    return null;
  end if;
  insert into child_past (child, version, born_on, due_on, gestation_days, adopted_on, gender, said_node,
      stated_by, stated_at, removed_at, removed_by)
    values (old.id, old.version, old.born_on, old.due_on, old.gestation_days, old.adopted_on, old.gender,
      old.said_node, old.stated_by, old.stated_at, old.removed_at, old.removed_by)
    on conflict do nothing;
  return null;
end $$;

-- Who agreed to which text: its words, the newest first.
create index consent_of_text on consent (workspace_id, purpose, text_version, id) where text_version is not null;

-- Who answered for a young person, and what.
alter table consent_request add column answered_by text;
alter table consent_request add column answer text; -- granted | withdrawn
