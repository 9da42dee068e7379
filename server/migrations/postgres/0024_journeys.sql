-- What comes next for each person: journeys, and who is where in them.
create table journey (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  name text not null,
  status text not null default 'draft', -- draft | live | paused | ended
  version integer not null default 1,
  -- Entries that are looked for (segment, date) were looked for up to here; null when nothing was looked for yet.
  looked_until timestamptz,
  looked_person bigint not null default 0, -- of those present at the start, everybody up to this one came in
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index journey_of on journey (workspace_id, id);

-- A run finishes by the definition it came in by, so that definitions are kept.
create table journey_version (
  journey_id integer not null references journey (id) on delete cascade,
  version integer not null,
  definition jsonb not null,
  lines jsonb not null default '{}', -- by the number of a message step, the line that it hands over to
  primary key (journey_id, version)
);

-- One row for everybody who came in, each time: state and timer in one, so that neither can contradict the other.
create table journey_run (
  id bigint generated always as identity primary key,
  workspace_id integer not null,
  journey_id integer not null references journey (id) on delete cascade,
  version integer not null,
  node bigint not null, -- by which it came in; the person is whoever has it today
  child bigint, -- about which child, where it is about one
  cause text not null, -- what let it in; the same thing told again lets nobody in twice
  fact text, -- the message of an event that is still to be stored; null when nothing is in doubt
  state text not null default 'waiting', -- waiting | done | exited
  step integer not null default 0,
  resting boolean not null default false, -- has begun the wait that it stands at
  due_at timestamptz,
  reason text, -- why it ended before its last step
  gave_way_to bigint references journey_run (id) on delete set null, -- the run of the same person that went on instead
  chosen_at timestamptz, -- when it was chosen by a child's date; null when by something else
  entered_at timestamptz not null,
  ended_at timestamptz,
  unique (journey_id, node, cause)
);
create index journey_run_due on journey_run (journey_id, due_at) where state = 'waiting';
create index journey_run_node on journey_run (node);
create index journey_run_newest on journey_run (journey_id, id);
create index journey_run_gave_way on journey_run (gave_way_to) where gave_way_to is not null;

-- What each run has behind it. The key lets no step be taken twice.
create table journey_step (
  run_id bigint not null references journey_run (id) on delete cascade,
  step integer not null,
  at timestamptz not null,
  primary key (run_id, step)
);

-- A line is a campaign without an audience of its own: a journey's message step hands over to it, and everything after
-- that (the gate, claims, hand-over, the log) is the same.
alter table campaign alter column segment_id drop not null;
alter table campaign add column journey_id integer references journey (id);
create index campaign_of_journey on campaign (journey_id) where journey_id is not null;
alter table message add column run_id bigint;
alter table message add column chosen_at timestamptz; -- of a run that was chosen by a child's date, when
alter table message drop constraint message_campaign_id_person_key;
create unique index message_once on message (campaign_id, person) where run_id is null;
create unique index message_of_run on message (run_id, campaign_id) where run_id is not null;
