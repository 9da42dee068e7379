-- What is guessed of children from purchases, where nobody told. Never a fact, kept apart from `child`.

-- A model as learned, with its card; the newest counts.
create table age_model
(
    workspace_id integer not null references workspace (id) on delete cascade,
    version integer not null,
    made_at timestamptz not null,
    model jsonb not null,
    card jsonb not null,
    primary key (workspace_id, version)
);

-- `node` is the person at that time; whose it is today says the map.
create table inferred_child
(
    workspace_id integer not null references workspace (id) on delete cascade,
    node bigint not null,
    ordinal smallint not null, -- 1 is the youngest
    born_on date not null,
    from_on date not null, -- 80 % lies between
    to_on date not null,
    confidence real not null, -- that the birthday lies within a month and a half
    months smallint[] not null, -- 19 quantiles of the birth month (5 % … 95 %), in months since 1970
    children_share real not null, -- that there are this many children
    purchases integer not null,
    model_version integer not null,
    at timestamptz not null,
    removed boolean not null default false,
    version bigint not null,
    primary key (workspace_id, node, ordinal)
);
create sequence inferred_child_version;
