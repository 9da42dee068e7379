-- Identifiers are found by the hash of their value and by nothing else, and hashes come in no order: an index that keeps
-- them sorted is the dearest part of a new identifier's row, and the first to outgrow PostgreSQL's memory. By their hash
-- code it is a third of the size and of the work. That a value has one node follows, as before, from the workspace's
-- lock: whoever makes nodes (people/node.store.ts) holds it, and makes those that are not there.
drop index if exists node_value;
create index node_value on node using hash (value_hash);
