-- Persons without a shared identifier that are probably one (docs/linking.md). Nothing here says who anybody is: keys
-- are keyed hashes of what a person told, models are counts.

-- Which persons have blocking keys, and from what: `state` is a hash of what was told when they were made.
create table link_person (
  workspace_id integer not null references workspace (id) on delete cascade,
  person bigint not null,
  state bigint not null,
  pending boolean not null default true, -- not compared with the others yet
  primary key (workspace_id, person)
);
create index link_person_pending on link_person (workspace_id, person) where pending;

-- 64 bits of the HMAC of a blocking key: equal keys meet, nothing can be read from them.
create table link_key (
  workspace_id integer not null,
  person bigint not null,
  rule smallint not null, -- its place in linking/block-keys.ts; 100: a name, to count how common it is
  key bigint not null,
  primary key (workspace_id, rule, key, person)
);
create index link_key_person on link_key (workspace_id, person);

create table link_model (
  workspace_id integer not null references workspace (id) on delete cascade,
  version integer not null,
  built_in boolean not null, -- too few records to learn from
  persons integer not null,
  pairs integer not null, -- looked at while learning
  model jsonb not null,
  learned_at timestamptz not null,
  primary key (workspace_id, version)
);

create table link_setting (
  workspace_id integer primary key references workspace (id) on delete cascade,
  review real not null default 0.6, -- from this chance on a pair is asked about
  certain real not null default 0.9999, -- from this chance on a pair counts as certain
  join_certain boolean not null default false,
  automatic boolean not null default false, -- after new records, by itself
  changed_at timestamptz,
  changed_by text,
  started_at timestamptz,
  finished_at timestamptz,
  trouble text, -- why the last run ended early; a code
  compared bigint not null default 0, -- of the last run
  suggested integer not null default 0,
  joined integer not null default 0
);
