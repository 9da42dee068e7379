-- Who outside is told of what.
create table webhook (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  name text not null,
  url text not null,
  sealed_secret bytea not null,
  events text[] not null,
  segments integer[] not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  paused_at timestamptz,
  paused_because text, -- person | gone | failing
  failing_since timestamptz, -- no delivery has succeeded since
  -- Changes of segments up to here have their deliveries; always a little behind the clock, as rows may arrive late.
  changes_until timestamptz not null
);
create index webhook_live on webhook (workspace_id) where removed_at is null;

-- The log and the queue in one. The id follows from what it is about, so that what is noticed twice is told once.
create table webhook_delivery (
  id text not null,
  webhook_id integer not null references webhook (id) on delete cascade,
  topic text not null,
  about text not null,
  body jsonb not null, -- pseudonymous: persons by their number
  state text not null default 'waiting',
  attempts integer not null default 0,
  last_answer text,
  created_at timestamptz not null,
  next_at timestamptz,
  delivered_at timestamptz,
  primary key (webhook_id, id)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_newest on webhook_delivery (webhook_id, created_at desc);
