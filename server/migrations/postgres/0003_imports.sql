-- What was refused, of whichever way in, until somebody puts it right or gives it up.
create table quarantine (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  source_id integer not null references source (id),
  import_id integer references import (id) on delete cascade,
  kind text not null check (kind in ('row', 'event', 'record', 'device')),
  code text not null, -- why; its words are made when it is shown
  state text not null default 'open' check (state in ('open', 'replayed', 'dropped')),
  -- Of a row: where it stood. `record_line` is the line of the first row of its record: the lines of an order go together.
  file integer,
  line integer,
  record_line integer,
  -- The item as JSON, sealed, since it may hold personal data; gone when it is over with.
  sealed_item bytea,
  items integer not null default 1, -- more where those beyond the limit were given up together
  at timestamptz not null,
  by text,
  ended_at timestamptz,
  note text
);
-- A slice done again after a kill refuses its rows once.
create unique index quarantine_row on quarantine (import_id, file, line) where line is not null;
create index quarantine_open on quarantine (workspace_id, id desc) where state = 'open';
create index quarantine_ended on quarantine (workspace_id, id desc) where state <> 'open';
create index quarantine_source on quarantine (source_id, id) where state = 'open';

insert into quarantine (workspace_id, source_id, import_id, kind, code, file, line, record_line, sealed_item, at)
select import.workspace_id, import.source_id, import.id, 'row', refused.code, refused.file, refused.line, refused.line,
  refused.sealed_row, coalesce(import.finished_at, import.started_at)
from import_refused refused join import on import.id = refused.import_id;
drop table import_refused;

alter table import add column started_by text;
-- Since when this run of it is under way, and how many rows it had then: for rows a second.
alter table import add column running_since timestamptz;
