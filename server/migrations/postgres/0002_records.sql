-- Who wrote a workspace's records last: a server's memory of which records exist holds while nobody else wrote.
create table record_writer (
  workspace_id integer primary key references workspace (id) on delete cascade,
  server text not null
);

-- Columns of files as people mapped them, applied again when the same header comes again.
create table saved_mapping (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  name text not null,
  record text not null,
  header_hash bytea not null, -- of the columns' names, whatever their order
  columns jsonb not null,
  created_at timestamptz not null,
  used_at timestamptz,
  unique (workspace_id, name)
);
create index saved_mapping_header on saved_mapping (workspace_id, header_hash);
