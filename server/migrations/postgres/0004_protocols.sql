-- ---------------------------------------------------------------- people: traits that change by what they are
-- Traits that protocols add to (a count, a list, a first word): what each was after the last such change. What was
-- simply stated stays in vault_trait and ClickHouse; the newest of all three counts.
create table trait_state (
  workspace_id integer not null references workspace (id),
  node bigint not null references node (id) on delete cascade,
  key text not null,
  sealed_value bytea, -- JSON; null: the trait was taken away
  at timestamptz not null,
  primary key (node, key)
);
-- The messages that changed one, so that a message sent again adds nothing.
create table trait_change (
  workspace_id integer not null references workspace (id),
  message text not null,
  at timestamptz not null default now(),
  primary key (workspace_id, message)
);
create index trait_change_at on trait_change (at);

-- ---------------------------------------------------------------- events: how sources are doing
-- Of a source of devices: the broker, the topics and what their messages become; the password sealed by the workspace's key.
alter table source add column settings jsonb;
alter table source add column sealed_secret bytea;

-- What a source's guide and health show. `counted` events were counted in the facts up to `counted_to`; later ones are
-- in source_count.
create table source_seen (
  source_id integer primary key references source (id) on delete cascade,
  first_at timestamptz,
  first_sdk text,
  first_sdk_version text,
  last_at timestamptz,
  sdk text,
  sdk_version text,
  refused_at timestamptz,
  refused_code text,
  counted bigint not null default 0,
  counted_to timestamptz
);

-- Counts of a minute: 'events', 'refused:CODE', 'lag:N' (arrived within 2^N seconds). Kept for two days.
create table source_count (
  source_id integer not null references source (id) on delete cascade,
  minute timestamptz not null,
  what text not null,
  count bigint not null,
  primary key (source_id, minute, what)
);
create index source_count_minute on source_count (minute);

-- Which server listens for a source of devices, until when by the database's clock, and how its connection is.
create table device_lease (
  source_id integer primary key references source (id) on delete cascade,
  owner text not null,
  until timestamptz not null,
  state text not null default 'connecting',
  trouble text,
  since timestamptz not null default now(),
  subscribed text[] not null default '{}' -- what the broker keeps for us
);
