-- What names arrive, from where and with what types of value. Names only, never values.
create table dictionary_seen (
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null, -- event | property | trait
  event text not null, -- of a property; '' otherwise
  name text not null,
  source_id integer not null,
  rows bigint not null,
  types jsonb not null, -- of the values looked at, how many were of each type
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (workspace_id, kind, event, name, source_id)
);

-- What people say of a name, over what Stork knows of it by itself.
create table dictionary_entry (
  workspace_id integer not null references workspace (id) on delete cascade,
  entry text not null, -- kind:name, as the interface writes it
  said jsonb not null,
  status text not null,
  primary key (workspace_id, entry)
);

create table dictionary_change (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  entry text not null,
  who text not null,
  at timestamptz not null,
  before jsonb not null,
  after jsonb not null
);
create index dictionary_change_entry on dictionary_change (workspace_id, entry, id desc);

-- Tasks that somebody has looked at and put aside, with the reason.
create table dictionary_dismissed (
  workspace_id integer not null references workspace (id) on delete cascade,
  task text not null,
  who text not null,
  why text not null,
  at timestamptz not null,
  primary key (workspace_id, task)
);
