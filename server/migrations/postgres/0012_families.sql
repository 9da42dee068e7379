-- Families: carers with their roles, children with everything said of them, the stage calendar, stages entered.

-- A carer's part in a family. A person may have several nodes with a row; their families are then one (families/family.store.ts).
alter table family_carer
  add column role text not null default 'unknown',
  add column how text not null default 'stated', -- stated | import | suggested
  add column said_by text,
  add column since timestamptz;
create index family_carer_workspace on family_carer (workspace_id, family);

alter table child
  add column gestation_days smallint, -- at birth, as stated: 224 for 32 weeks
  add column adopted_on date,
  add column birth_order smallint, -- told apart from a twin by staff
  add column said_node bigint, -- the node at which what counts was said; null: the holder's own
  -- The row that stands for this one, which keeps what was said at its own node for the day persons part.
  add column aside_of bigint references child (id) on delete set null,
  add column removed_by text,
  add column removed_why text,
  add column known_at timestamptz not null default now(); -- when we first heard of it, whatever date the word carries
create index child_aside on child (aside_of) where aside_of is not null;
create index child_born on child (workspace_id, born_on) where removed_at is null;
create index child_due on child (workspace_id, due_on) where removed_at is null and born_on is null;

-- What was said of a child before, written by the database itself so that no way of changing a child forgets it.
create table child_past (
  child bigint not null references child (id) on delete cascade,
  version bigint not null,
  born_on date,
  due_on date,
  gestation_days smallint,
  adopted_on date,
  gender text,
  said_node bigint,
  stated_by text not null,
  stated_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  replaced_at timestamptz not null default now(),
  primary key (child, version)
);
create index child_past_replaced on child_past (replaced_at);
create function keep_child_past() returns trigger language plpgsql as $$
begin
  -- Of a silenced child nothing is kept (people/hush.store.ts).
  if 'silenced' = any (new.marks) then
    delete from child_past where child = old.id;
    delete from child_note where child = old.id;
    update child set born_on = null, due_on = null, gestation_days = null, adopted_on = null, gender = null,
      gender_code = null, sealed_name = null, key = 'silenced ' || id, marks = array['silenced'], version = version + 1
      where aside_of = old.id and not 'silenced' = any (marks);
    return null;
  end if;
  insert into child_past (child, version, born_on, due_on, gestation_days, adopted_on, gender, said_node,
      stated_by, stated_at, removed_at, removed_by)
    values (old.id, old.version, old.born_on, old.due_on, old.gestation_days, old.adopted_on, old.gender,
      old.said_node, old.stated_by, old.stated_at, old.removed_at, old.removed_by)
    on conflict do nothing;
  return null;
end $$;
create trigger child_past after update on child for each row
  when ((old.born_on, old.due_on, old.gestation_days, old.adopted_on, old.gender, old.removed_at, old.stated_by)
    is distinct from (new.born_on, new.due_on, new.gestation_days, new.adopted_on, new.gender, new.removed_at,
      new.stated_by))
  execute function keep_child_past();

-- Another household's carer of a child: one row of `child`, seen by both.
create table child_carer (
  workspace_id integer not null references workspace (id),
  child bigint not null references child (id) on delete cascade,
  node bigint not null references node (id) on delete cascade,
  role text not null default 'unknown',
  said_by text not null,
  since timestamptz not null,
  primary key (child, node)
);
create index child_carer_node on child_carer (node);

-- Notes on a child's health, sealed; kept only while a guardian consents.
create table child_note (
  workspace_id integer not null references workspace (id),
  child bigint not null references child (id) on delete cascade,
  kind text not null, -- allergy | feeding
  sealed_text bytea not null,
  stated_by text not null,
  stated_at timestamptz not null,
  primary key (child, kind)
);

-- Who joined, left, shared; undone by the opposite act, which is a row of its own.
create table family_change (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  family bigint not null,
  kind text not null, -- joined | left | shared | unshared
  node bigint not null references node (id) on delete cascade,
  child bigint references child (id) on delete cascade,
  role text not null,
  how text not null,
  said_by text not null,
  reason text,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by text
);
create index family_change_family on family_change (workspace_id, family);
create index family_change_node on family_change (node);

-- What a workspace wants different from the standard calendar.
create table stage_calendar_entry (
  workspace_id integer not null references workspace (id),
  id text not null,
  entry jsonb, -- null: taken away
  said_by text not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create table stage_calendar (
  workspace_id integer primary key references workspace (id),
  version integer not null
);

-- Since when a workspace's stages are watched; what began before raises no event.
create table stage_watch (
  workspace_id integer primary key references workspace (id),
  since date not null
);
-- A stage that a child entered: claimed by one server, told when its event is committed.
create table stage_entered (
  workspace_id integer not null references workspace (id),
  child bigint not null references child (id) on delete cascade,
  stage text not null,
  on_day date not null,
  claimed_at timestamptz not null,
  told_at timestamptz,
  primary key (child, stage)
);
create index stage_entered_untold on stage_entered (workspace_id) where told_at is null;

-- Signs that two persons live together, by keyed hash: an address down to the door, a child's name with its birthday.
create table household_sign (
  workspace_id integer not null references workspace (id),
  kind text not null, -- address | child
  node bigint not null references node (id) on delete cascade,
  key text not null, -- the trait, or the child, that was read
  sign bytea, -- null: it says nothing (too coarse, masked)
  at timestamptz not null, -- of the word that was read
  primary key (node, kind, key)
);
create index household_sign_sign on household_sign (workspace_id, kind, sign) where sign is not null;
