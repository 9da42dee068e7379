-- The facts. Pseudonymous by construction: no identifier, name or address ever comes here.
-- {database} and the engine's replication are filled in by the migration runner.

-- One row per event received. A fact carries the node it arrived with and is never rewritten.
--
-- Counting once: the key ends in the hash of messageId, so a message sent twice is one row to every reader that says
-- FINAL (all of ours do, through the view event_once). Time is not in the key since a retry may carry another clock
-- correction; it is in the partition, and the collector's own recent window catches the retry at a month's edge.
create table event
(
    workspace UInt32,
    node UInt64,
    message UInt64,
    at DateTime64(3, 'UTC'),
    received DateTime64(3, 'UTC'),
    type LowCardinality(String), -- track | page | screen | identify | group | alias | import
    name LowCardinality(String),
    source UInt32,
    import UInt32,
    order_id String,
    amount_fen Int64,
    quantity Int32,
    item Nested(sku String, category LowCardinality(String), quantity Int32, amount_fen Int64),
    marks Array(LowCardinality(String)), -- what cleaning found, e.g. 'quantity-high'
    excluded UInt8, -- 1: kept and shown, but left out of sums and averages by default
    properties String -- JSON, without what identifies
)
engine = ReplacingMergeTree(received)
partition by toYYYYMM(at)
order by (workspace, node, message);

create view event_once as select * from event final;

-- Traits that do not identify, by the node that said them; the newest wins.
create table trait
(
    workspace UInt32,
    node UInt64,
    key LowCardinality(String),
    value String, -- the text of a scalar; JSON for anything else
    at DateTime64(3, 'UTC')
)
engine = ReplacingMergeTree(at)
order by (workspace, key, node);

-- PostgreSQL's map node → person, only where they differ; version = person_move.seq.
create table person_of
(
    node UInt64,
    person UInt64,
    version UInt64
)
engine = ReplacingMergeTree(version)
order by node;

-- Children's dates, mirrored from PostgreSQL; `removed` = 1 hides one.
create table child
(
    workspace UInt32,
    child UInt64,
    node UInt64,
    born_on Nullable(Date32),
    due_on Nullable(Date32),
    stated UInt8,
    confidence Float32,
    usable UInt8, -- 0 when the date is impossible: shown, but no stage
    removed UInt8,
    version UInt64
)
engine = ReplacingMergeTree(version)
order by (workspace, child);

-- Every node that exists, so that a person with no event is still counted (imports of children, identify only).
create table node
(
    workspace UInt32,
    node UInt64,
    created DateTime64(3, 'UTC')
)
engine = ReplacingMergeTree
order by (workspace, node);

-- Who is in which segment; `member` = 0 after leaving. Times are when the change was seen.
create table membership
(
    workspace UInt32,
    segment UInt32,
    person UInt64,
    member UInt8,
    entered DateTime64(3, 'UTC'),
    changed DateTime64(3, 'UTC'),
    version UInt64
)
engine = ReplacingMergeTree(version)
order by (workspace, segment, person);

create table membership_change
(
    workspace UInt32,
    segment UInt32,
    person UInt64,
    member UInt8,
    at DateTime64(3, 'UTC')
)
engine = MergeTree
partition by toYYYYMM(at)
order by (workspace, segment, at);
