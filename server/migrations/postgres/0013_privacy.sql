-- What was agreed to, in which words, for which child; silence after a loss.

-- A word on consent may be about one channel or one child, and says which text was read.
alter table consent add column channel text;
alter table consent add column child bigint;
alter table consent add column text_version integer;
-- Not yet in the chain of receipts.
alter table consent add column chained boolean not null default false;
create index consent_unchained on consent (workspace_id, id) where not chained;

-- The chain: each hash covers the one before, so that a word changed or taken out later shows. No key to the word's row:
-- a word that the law has erased leaves its place in the chain, and nothing else.
create table consent_receipt (
  workspace_id integer not null references workspace (id) on delete cascade,
  seq bigint not null,
  consent_id bigint not null,
  hash bytea not null,
  primary key (workspace_id, seq)
);
create unique index consent_receipt_of on consent_receipt (consent_id);

create table consent_text (
  workspace_id integer not null references workspace (id) on delete cascade,
  purpose text not null,
  version integer not null, -- from 1; 0 is the text that the program comes with
  zh text not null,
  en text not null,
  from_at timestamptz not null,
  said_by text not null,
  primary key (workspace_id, purpose, version)
);

-- Nothing is said about a child any more. Kept at every node of everybody who cares for it, so that it outlives joins
-- and splits of persons.
create table silence (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  child bigint, -- null: every child known then
  since timestamptz not null,
  why text not null, -- tap | staff | api | signs
  said_by text not null,
  sign jsonb, -- counts and days, no date
  ended_at timestamptz,
  ended_by text,
  end_reason text
);
create index silence_standing on silence (workspace_id) where ended_at is null;
create table silence_node (
  silence_id bigint not null references silence (id) on delete cascade,
  node bigint not null,
  primary key (silence_id, node)
);
create index silence_node_of on silence_node (node);
create table silence_child (
  silence_id bigint not null references silence (id) on delete cascade,
  child bigint not null,
  primary key (silence_id, child)
);
create index silence_child_of on silence_child (child);
-- The proof: what was stopped, how often, first and last.
create table silence_stop (
  silence_id bigint not null references silence (id) on delete cascade,
  kind text not null,
  ref text not null,
  name text not null,
  times integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (silence_id, kind, ref)
);

-- What systems may not say again of a silenced child, by hash: its dates themselves are gone.
create table child_hushed (
  workspace_id integer not null references workspace (id) on delete cascade,
  node bigint not null,
  print bytea not null, -- of a month near its date, or of its key at a source; empty: of any child
  until date, -- with an empty print: of a child born or due up to here
  times integer not null default 0, -- how often somebody tried
  last_at timestamptz,
  primary key (node, print)
);

-- Its date is kept, but stands for no stage: consent was withdrawn for it, or signs say that silence is kinder.
alter table child add column withheld_at timestamptz;

-- A child turned 14; its guardian's word ended that day.
create table consent_request (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  node bigint not null,
  child bigint not null unique,
  purposes text[] not null,
  since date not null,
  answered_at timestamptz
);

-- For what a webhook's receiver uses what it is told: service | marketing | sharing.
alter table webhook add column purpose text not null default 'marketing';
create index webhook_delivery_person on webhook_delivery ((body -> 'data' ->> 'person')) where state = 'waiting';
