-- What persons ask for by law, by when it must be answered, and the proof of what was done.
create table rights_request (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null,
  state text not null default 'open'
    check (state in ('open', 'verified', 'working', 'held', 'done', 'refused', 'taken-back')),
  person bigint, -- a node of hers; null once she is forgotten
  child bigint, -- of one child only
  opened_by text not null, -- link | staff | api
  who text not null,
  opened_at timestamptz not null,
  verified text,
  verified_at timestamptz,
  due_on date not null,
  extended boolean not null default false,
  assignee text references "user" (id) on delete set null,
  ground text,
  -- Words of people may name somebody: sealed, and gone with the person.
  sealed_note bytea,
  sealed_reason bytea,
  places jsonb not null default '[]', -- of a deletion: place, erased, found after
  hold text, -- the legal hold that stands in the way
  -- Whom a deletion under way is about: read once, needed again after her rows are gone; null when it is over.
  sealed_subject bytea,
  looked_at timestamptz, -- when it was carried out the first time; it is searched and carried out once more after
  ended_at timestamptz
);
create index rights_request_open on rights_request (workspace_id, due_on, id) where ended_at is null;
create index rights_request_newest on rights_request (workspace_id, id desc);
create index rights_request_person on rights_request (person) where person is not null;

create table rights_setting (
  workspace_id integer primary key references workspace (id) on delete cascade,
  answer_within_days integer not null
);

-- Append-only: each entry's hash covers the one before. Holds no name, identifier or number of a person.
create table rights_proof (
  workspace_id integer not null references workspace (id) on delete cascade,
  number integer not null,
  request_id bigint,
  at timestamptz not null,
  who text not null,
  step text not null,
  detail jsonb not null,
  previous bytea not null,
  hash bytea not null,
  primary key (workspace_id, number)
);
create function rights_proof_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the proof log is only added to';
end $$;
create trigger rights_proof_stays before update or delete on rights_proof
  for each row execute function rights_proof_stays();

-- Who was forgotten, by the keyed hashes of her identifiers alone: a backup that is restored forgets her again (the same
-- lines stand in erased.jsonl beside the database, since a restored database does not know what came after it).
create table erased (
  workspace_id integer not null references workspace (id) on delete cascade,
  namespace text not null,
  value_hash bytea not null,
  erased_at timestamptz not null,
  request_id bigint not null,
  primary key (workspace_id, namespace, value_hash)
);
-- What stood there before a correction and what was put in its place; events that said otherwise are not rewritten.
create table rights_correction (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  request_id bigint not null references rights_request (id) on delete cascade,
  node bigint not null,
  child bigint,
  what text not null,
  sealed_before bytea,
  sealed_after bytea,
  by text not null,
  at timestamptz not null
);
create index rights_correction_node on rights_correction (node);

-- A link that hands out a copy once.
create table copy_link (
  token_hash bytea primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  request_id bigint not null references rights_request (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
