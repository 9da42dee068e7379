-- One server of all watches at a time: who, until when by the database's own clock, and how far the checks have come.
create table quality_watch (
  id integer primary key check (id = 1),
  holder text,
  held_until timestamptz,
  looked_at timestamptz, -- by the application's clock
  awake_since timestamptz, -- silence is counted from here on: before it nobody was looking
  audited_to timestamptz
);
insert into quality_watch (id) values (1);

-- What was learned of a source (name '') and of each of its event names.
create table quality_bounds (
  workspace_id integer not null references workspace (id) on delete cascade,
  source_id integer not null references source (id) on delete cascade,
  name text not null,
  model jsonb not null,
  learned_at timestamptz not null,
  primary key (workspace_id, source_id, name)
);

create table quality_alert (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  source_id integer not null references source (id) on delete cascade,
  indicator text not null,
  name text not null, -- the event's; '' of the source
  field text not null,
  state text not null default 'open' check (state in ('open', 'acknowledged', 'snoozed', 'resolved')),
  severity text not null,
  since timestamptz not null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  resolved_at timestamptz,
  snoozed_until timestamptz,
  figure jsonb not null, -- value, worst, usual, bounds, of how many, certainty
  examples jsonb not null default '[]', -- hashes of the messages that show it
  by text,
  note text
);
-- One alert for one thing, also when two servers find it.
create unique index quality_alert_open on quality_alert (workspace_id, source_id, indicator, name, field)
  where resolved_at is null;
create index quality_alert_newest on quality_alert (workspace_id, opened_at desc);

create table quality_alert_note (
  alert_id bigint not null references quality_alert (id) on delete cascade,
  at timestamptz not null,
  what text not null,
  by text,
  note text
);
create index quality_alert_note_of on quality_alert_note (alert_id, at);

-- What a workspace changed of an indicator.
create table quality_setting (
  workspace_id integer not null references workspace (id) on delete cascade,
  indicator text not null,
  off boolean not null default false,
  threshold double precision,
  changed_at timestamptz not null,
  changed_by text,
  primary key (workspace_id, indicator)
);

create table quality_notification (
  workspace_id integer primary key references workspace (id) on delete cascade,
  items jsonb not null
);

-- Who is still to be told of an alert.
create table quality_delivery (
  id bigint generated always as identity primary key,
  alert_id bigint not null references quality_alert (id) on delete cascade,
  what text not null check (what in ('opened', 'resolved')),
  item jsonb not null, -- the notification as it was set
  state text not null default 'due' check (state in ('due', 'told', 'parked')),
  attempts integer not null default 0,
  due_at timestamptz not null,
  receipt text
);
create index quality_delivery_due on quality_delivery (due_at) where state = 'due';

-- What people state of a supplier of bought-in data.
create table quality_supplier (
  source_id integer primary key references source (id) on delete cascade,
  workspace_id integer not null references workspace (id) on delete cascade,
  statement jsonb not null,
  stated_by text,
  stated_at timestamptz not null
);
