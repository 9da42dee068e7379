-- A delivery is queued before the event that it tells of is stored: then a kill between the two forgets nobody. Until it
-- is known that the event is there, its message stands here; null when nothing is in doubt.
alter table webhook_delivery add column fact text;

-- What is being written of who is in which segment, one writer a workspace: a row that stays was left by a process that
-- died between the membership and its log of changes, and the next writer finishes it. Webhooks are told no further.
create table membership_writing (
  workspace_id integer primary key references workspace (id) on delete cascade,
  version bigint not null,
  at timestamptz not null
);

-- Beside what people, shops and apps say (import 0), each import's word on a trait stands by itself, so that undoing an
-- import leaves what stood before. The newest word counts, as ever.
alter table vault_trait add column import integer not null default 0;
alter table vault_trait drop constraint vault_trait_pkey, add primary key (node, key, import);

-- What waits in the quarantine is counted by source and reason for every page and badge, without reading what it holds.
create index quarantine_open_groups on quarantine (workspace_id, source_id, import_id, kind, code) include (items, at)
  where state = 'open';
