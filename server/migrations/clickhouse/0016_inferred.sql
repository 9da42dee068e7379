-- Children guessed from purchases, for segments that ask for guesses; `removed` = 1 hides one. See PostgreSQL's table.
create table inferred_child
(
    workspace UInt32,
    node UInt64,
    ordinal UInt8,
    born_on Nullable(Date32),
    confidence Float32,
    removed UInt8,
    version UInt64
)
engine = ReplacingMergeTree(version)
order by (workspace, node, ordinal);
