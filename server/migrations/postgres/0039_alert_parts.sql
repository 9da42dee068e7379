-- What breaks together at a source is one alert, told, taken in hand and mended as one; each figure that broke is a part of it.
create table quality_alert_part (
  id bigint generated always as identity primary key,
  alert_id bigint not null references quality_alert (id) on delete cascade,
  workspace_id integer not null references workspace (id) on delete cascade,
  source_id integer not null references source (id) on delete cascade,
  indicator text not null,
  name text not null, -- the event's; '' of the source
  field text not null,
  severity text not null,
  since timestamptz not null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  resolved_at timestamptz,
  figure jsonb not null, -- value, worst, usual, bounds, of how many, certainty
  examples jsonb not null default '[]' -- hashes of the messages that show it
);
insert into quality_alert_part (alert_id, workspace_id, source_id, indicator, name, field, severity, since, opened_at,
  last_at, resolved_at, figure, examples)
select id, workspace_id, source_id, indicator, name, field, severity, since, opened_at, last_at, resolved_at, figure, examples
from quality_alert order by id;
-- A figure is a part of one open alert, also when two servers find it.
create unique index quality_alert_part_open on quality_alert_part (workspace_id, source_id, indicator, name, field)
  where resolved_at is null;
create index quality_alert_part_of on quality_alert_part (alert_id);

alter table quality_alert
  drop column indicator, drop column name, drop column field, drop column last_at, drop column figure, drop column examples;
create index quality_alert_unresolved on quality_alert (workspace_id) where resolved_at is null;

-- Of which parts a line of the history speaks; null: of the alert as a whole.
alter table quality_alert_note add column part_ids bigint[];
