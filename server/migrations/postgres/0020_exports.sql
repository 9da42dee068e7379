-- Lists of people taken out of Stork: asked for, let out by a second person, and each time they were taken. The lists
-- themselves are never kept.
create table export (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  segment_id integer not null references segment (id),
  columns text[] not null,
  whole boolean not null,
  purpose text not null,
  why text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  approved boolean, -- null: nobody has said
  note text,
  expires_at timestamptz not null
);
create index export_workspace on export (workspace_id, id desc);
create table export_taken (
  id bigint generated always as identity primary key,
  export_id integer not null references export (id) on delete cascade,
  who text not null,
  at timestamptz not null,
  rows integer not null default 0,
  left_out jsonb not null default '{}',
  complete boolean not null default false
);
create index export_taken_export on export_taken (export_id);
