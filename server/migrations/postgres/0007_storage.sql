-- How long what is kept: what a workspace says of each kind of data; without a row the default of the kind.
create table storage_policy (
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null,
  warm_after_days integer,
  cold_after_days integer,
  delete_after_days integer,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, kind)
);

create table storage_prices (
  workspace_id integer primary key references workspace (id) on delete cascade,
  hot real not null, -- fen a gigabyte a month
  warm real not null,
  cold real not null
);

create table legal_hold (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text, -- null: every kind
  held_from date,
  held_to date,
  reason text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  released_by text,
  released_at timestamptz
);

-- Files of cold data. `writing`: the file may be there in part, the rows are still in their table. `written`: the file
-- is whole and checked, the rows may be in both. `cold`: in the file alone. `returning`: on the way back. After a kill
-- each is finished from where it stands; nothing is in neither place.
create table storage_archive (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null,
  month text not null,
  file text not null, -- under the data folder
  cutoff timestamptz not null, -- rows written later are not in the file
  state text not null,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  bytes_before bigint not null default 0,
  checksum text not null default '',
  at timestamptz not null
);
create index storage_archive_month on storage_archive (workspace_id, kind, month);

create table storage_run (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null,
  step text not null,
  month text,
  rows bigint not null,
  bytes_before bigint not null,
  bytes_after bigint not null,
  at timestamptz not null,
  by text not null
);
create index storage_run_newest on storage_run (workspace_id, id desc);

create table backup (
  id integer generated always as identity primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  rows bigint not null default 0,
  bytes bigint not null default 0,
  by text not null,
  problem jsonb
);
