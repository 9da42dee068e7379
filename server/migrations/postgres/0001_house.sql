-- The state of Stork: who signs in, who is who, what is defined, what is being done.
-- Facts (events, memberships, traits) are in ClickHouse; see ../clickhouse.

-- ---------------------------------------------------------------- people who sign in
-- Tables "user", session, account, verification, organization, member and invitation are better-auth's own,
-- with its column names, so that its upgrades stay plain.
create table "user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references "user" (id) on delete cascade,
  "activeOrganizationId" text
);
create index session_of_user on session ("userId");
create table account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references "user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index account_user on account ("userId");
create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index verification_identifier on verification (identifier);
create table organization (
  id text primary key,
  name text not null,
  slug text not null unique,
  logo text,
  "createdAt" timestamptz not null default now(),
  metadata text
);
create table member (
  id text primary key,
  "organizationId" text not null references organization (id) on delete cascade,
  "userId" text not null references "user" (id) on delete cascade,
  role text not null,
  "createdAt" timestamptz not null default now(),
  unique ("organizationId", "userId")
);
create table invitation (
  id text primary key,
  "organizationId" text not null references organization (id) on delete cascade,
  email text not null,
  role text,
  status text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "inviterId" text not null references "user" (id) on delete cascade
);

-- A link that signs its user in once (first start, new members). Only the hash of the token is kept.
create table sign_in_link (
  token_hash bytea primary key,
  user_id text not null references "user" (id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table workspace (
  id integer generated always as identity primary key,
  slug text not null unique,
  name text not null,
  organization_id text not null references organization (id),
  time_zone text not null default 'Asia/Shanghai',
  -- The workspace's data key and hash key, wrapped by the instance's master key (AES-256-GCM: nonce | tag | ciphertext).
  sealed_data_key bytea not null,
  sealed_hash_key bytea not null,
  created_at timestamptz not null default now()
);

create table api_key (
  id uuid primary key default gen_random_uuid(),
  workspace_id integer references workspace (id) on delete cascade, -- null: every workspace
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  scopes text[] not null,
  created_by text references "user" (id) on delete set null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Settings of the instance itself, e.g. whether the demo was made.
create table instance (
  key text primary key,
  value jsonb not null
);

-- ---------------------------------------------------------------- people: nodes, persons, the vault
-- Every identifier ever seen is a node. `person` is the map: the node that names the person this one belongs to today
-- (a node is its own person until a join moves it). Ids are dense and instance-wide, taken in blocks from node_id.
create sequence node_id as bigint cache 1;
create table node (
  id bigint primary key,
  workspace_id integer not null references workspace (id),
  namespace text not null,
  value_hash bytea not null, -- HMAC of the normalised value by the workspace's hash key
  sealed_value bytea not null, -- the value itself, in the vault
  mask_hash bytea, -- HMAC of the masked form (138****1234), so that what is on a screen can be looked up
  person bigint not null,
  source_id integer, -- the source that spoke of it first; user ids are one to a person within a source
  created_at timestamptz not null default now(),
  unique (workspace_id, namespace, value_hash)
);
create index node_person on node (workspace_id, person);
-- The persons themselves, newest last: for lists and counts.
create index node_is_person on node (workspace_id, id) where person = id;
create index node_mask on node (workspace_id, mask_hash) where mask_hash is not null;

-- Why two nodes are one person. Kept for ever: a merge is explained and undone from here.
create table edge (
  workspace_id integer not null references workspace (id),
  a bigint not null references node (id) on delete cascade, -- a < b
  b bigint not null references node (id) on delete cascade,
  rule text not null, -- e.g. 'same-message', 'alias', 'same-row'
  source_id integer,
  message text,
  at timestamptz not null,
  primary key (a, b, rule)
);
create index edge_b on edge (b);

-- Every change of the map, in order; ClickHouse's copy (person_of) is brought up to the newest seq after a restart.
create table person_move (
  seq bigint generated always as identity primary key,
  workspace_id integer not null,
  node bigint not null,
  person bigint not null,
  at timestamptz not null default now()
);

-- Traits that identify (name, address, …): sealed, never in ClickHouse.
create table vault_trait (
  workspace_id integer not null references workspace (id),
  node bigint not null references node (id) on delete cascade,
  key text not null,
  sealed_value bytea not null,
  look_hash bytea, -- HMAC of a name, so that a family is found by its full name
  at timestamptz not null,
  primary key (node, key)
);
create index vault_trait_look on vault_trait (workspace_id, look_hash) where look_hash is not null;

-- Carers of one family who are different persons (mother and grandmother). A person without a row is a family of one.
create table family_carer (
  workspace_id integer not null references workspace (id),
  node bigint primary key references node (id) on delete cascade,
  family bigint not null
);
create index family_carer_family on family_carer (family);

-- A child, as stated by the holder of `node`. Dates are kept in clear (pseudonymous), the name is sealed.
create table child (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  node bigint not null references node (id) on delete cascade,
  key text not null, -- the source's own key of the child, or the date stated
  born_on date,
  due_on date,
  gender text, -- female | male | unknown, once the source's code is understood
  gender_code text, -- as the source wrote it
  sealed_name bytea,
  source text not null default 'stated',
  confidence real not null default 1,
  marks text[] not null default '{}',
  stated_by text not null,
  stated_at timestamptz not null,
  removed_at timestamptz,
  version bigint not null default 1,
  unique (workspace_id, node, key)
);
create index child_node on child (node);

-- ---------------------------------------------------------------- privacy
-- What was said about consent, newest wins per person; of two persons joined the stricter wins.
create table consent (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  node bigint not null references node (id) on delete cascade,
  purpose text not null,
  state text not null check (state in ('granted', 'withdrawn')),
  said_by text not null, -- 'source:…', 'user:…', 'link'
  at timestamptz not null
);
create index consent_node on consent (node, purpose, at desc);

-- Addresses never to be written to, by hash so that it outlives the person.
create table suppression (
  workspace_id integer not null references workspace (id),
  namespace text not null,
  value_hash bytea not null,
  reason text not null, -- unsubscribed | bounced | complaint | staff
  at timestamptz not null,
  primary key (workspace_id, namespace, value_hash)
);

-- Every look at an unmasked value.
create table reveal_log (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  who text not null,
  person bigint not null,
  what text not null,
  at timestamptz not null default now()
);

-- ---------------------------------------------------------------- events: sources, imports
create table source (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  kind text not null,
  name text not null,
  write_key text not null unique,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);

create table import (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  source_id integer not null references source (id),
  preset text not null,
  status text not null,
  files jsonb not null,
  mappings jsonb,
  progress jsonb not null default '{}', -- counters and the byte reached, so that a killed import goes on
  decisions jsonb not null default '[]',
  error jsonb,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
-- Refused rows with their reason; the row itself is sealed, since it may hold personal data.
create table import_refused (
  import_id integer not null references import (id) on delete cascade,
  file integer not null,
  line integer not null,
  code text not null,
  sealed_row bytea not null,
  primary key (import_id, file, line)
);

-- ---------------------------------------------------------------- segments
create table segment (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  name text not null,
  condition jsonb not null,
  version integer not null default 1,
  fresh_at timestamptz,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);

-- ---------------------------------------------------------------- messages: channels, campaigns, send log
create table channel (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  kind text not null,
  name text not null,
  settings jsonb not null, -- without secrets
  sealed_secret bytea,
  created_at timestamptz not null default now(),
  removed_at timestamptz
);

create table campaign (
  id integer generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  name text not null,
  segment_id integer not null references segment (id),
  channel_id integer not null references channel (id),
  subject text not null,
  body text not null,
  holdout_share real not null,
  conversion_event text not null,
  conversion_days integer not null,
  status text not null default 'draft',
  seed text not null, -- decides, with the person, who is held out
  links jsonb not null default '[]', -- the addresses that tracked links lead to, frozen at the start
  planned boolean not null default false, -- the whole audience has its message rows
  planned_to bigint not null default 0, -- everybody of the audience up to this person has one
  beat_at timestamptz, -- when a job last worked on it, by the database's own clock; a running campaign without a beat is taken up
  beat_by text, -- the sender that did
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);

-- One row per person of a campaign's audience: the send log and the plan in one, so that neither can contradict the other.
--   planned → sending → sent | planned (again later) | parked | unknown (died between handing over and hearing back)
--   planned → held (the gate said no, with its reason)      holdout: arm = 'holdout', state = 'holdout'
create table message (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id),
  campaign_id integer not null references campaign (id) on delete cascade,
  person bigint not null,
  node bigint, -- the address it goes to
  arm text not null,
  -- Whether the gate would have let a message pass when the audience was planned; asked of both arms alike, before
  -- anything is sent, so that the report may compare those who could be reached with those who could have been.
  reachable boolean not null default true,
  state text not null,
  reason text,
  attempts integer not null default 0,
  due_at timestamptz not null,
  owner text, -- which sender has claimed it: as long as that lives, and until lease_until by the database's own clock
  lease_until timestamptz,
  day date, -- the calendar day it counts for, from the claim on: one message a day per person
  handed_at timestamptz, -- set in its own commit just before the channel's point of no return
  sent_at timestamptz,
  noted_at timestamptz, -- its events are in ClickHouse
  receipt text,
  unique (campaign_id, person)
);
create index message_due on message (campaign_id, due_at) where state = 'planned';
create index message_state on message (campaign_id, state, id);
create index message_person on message (workspace_id, person);
create unique index message_day on message (workspace_id, person, day) where day is not null;
create index message_unnoted on message (campaign_id) where state = 'sent' and noted_at is null;
