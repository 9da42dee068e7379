-- What was counted of arriving data, by source, event name and minute (hour) of receipt by our clock. Pseudonymous: a
-- field's name, its types, the size of its numbers by half octaves, hashes of short texts; no value, nobody's node.
-- Rows of the same cell add up, whichever server wrote them.
create table quality_minute
(
    workspace UInt32,
    source UInt32,
    name LowCardinality(String), -- '' : of the source as a whole (refused items, audits)
    minute DateTime('UTC'),
    last SimpleAggregateFunction(max, DateTime64(3, 'UTC')), -- when the newest of them was received
    counts SimpleAggregateFunction(sumMap, Map(String, Int64))
)
engine = AggregatingMergeTree
partition by toYYYYMM(minute)
order by (workspace, minute, source, name);

create table quality_hour
(
    workspace UInt32,
    source UInt32,
    name LowCardinality(String),
    hour DateTime('UTC'),
    last SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    counts SimpleAggregateFunction(sumMap, Map(String, Int64))
)
engine = AggregatingMergeTree
partition by toYYYYMM(hour)
order by (workspace, hour, source, name);
