-- Who is who, as it can be decided, explained and undone. A person is a connected component of live edges.
alter table edge add column state text not null default 'live'; -- live | conflict | shared | cut
alter table edge add column decision bigint; -- the decision that made or cut it
-- What was held back before its rule was kept beside the verdict.
update edge set state = 'conflict' where rule = 'conflict';
create index edge_held on edge (workspace_id, state) where state <> 'live';
create index edge_decision on edge (decision) where decision is not null;

-- What a workspace does otherwise than the rules it came with. `epoch` grows with every change that memories must
-- forget something for (rules, ties parted, nodes erased); every server looks before it trusts its memory.
create table identity_setting (
  workspace_id integer primary key references workspace (id) on delete cascade,
  rules jsonb not null default '[]',
  most_nodes integer not null default 200,
  version integer not null default 0,
  epoch bigint not null default 1,
  changed_at timestamptz,
  changed_by text
);

-- Values that too many persons show: they join nobody.
create table shared_value (
  node bigint primary key,
  workspace_id integer not null,
  persons integer not null, -- how many showed it when it was found
  decision bigint, -- by hand
  since timestamptz not null
);
create index shared_value_workspace on shared_value (workspace_id, since);
-- Values that somebody said are no shared ones: they are not found again.
create table unshared_value (
  node bigint primary key,
  workspace_id integer not null,
  decision bigint not null
);

create table identity_decision (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null, -- merge | split | never-same | link | share | unshare | rules
  who text not null,
  reason text not null,
  at timestamptz not null,
  nodes bigint[] not null default '{}', -- whom it was about
  detail jsonb not null default '{}', -- what it did, in nodes and edges, so that it can be undone
  undone_at timestamptz,
  undone_by text,
  undone_reason text
);
create index identity_decision_workspace on identity_decision (workspace_id, id);
create index identity_decision_nodes on identity_decision using gin (nodes);

-- Two that are never the same, said of the strongest identifier of either; a < b.
create table never_same (
  a bigint not null,
  b bigint not null,
  workspace_id integer not null,
  decision bigint not null,
  primary key (a, b)
);
create index never_same_b on never_same (b);

create table review_item (
  id bigint generated always as identity primary key,
  workspace_id integer not null references workspace (id) on delete cascade,
  kind text not null, -- conflict | shared | same-person | household
  a bigint not null, -- nodes, a < b; of a shared value both are its node
  b bigint not null,
  score real,
  evidence jsonb not null default '{}',
  state text not null default 'open', -- open | later | accepted | rejected | settled
  found_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  reason text,
  decision bigint,
  unique (workspace_id, kind, a, b)
);
create index review_item_open on review_item (workspace_id, kind, id) where state in ('open', 'later');
create index review_item_a on review_item (a);
create index review_item_b on review_item (b);
