-- The original files of imports, kept sealed under the data folder: what was sent stays to be looked up.
create table raw_file (
  workspace_id integer not null references workspace (id),
  import_id integer not null references import (id) on delete cascade,
  -- Its place among the import's files, from 0.
  number integer not null,
  bytes bigint not null,
  sealed_bytes bigint not null,
  -- Under the data folder.
  path text not null,
  kept_at timestamptz not null,
  primary key (import_id, number)
);
create index raw_file_kept on raw_file (workspace_id, kept_at);
