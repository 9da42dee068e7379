-- Beside what people, shops and apps say (import 0), each import's word on a trait stands by itself, so that undoing an
-- import leaves what stood before. The newest word counts, as ever.
alter table trait add column import UInt32, modify order by (workspace, key, node, import);

-- What was received in the last minute is asked for each minute, of 92 days of events. Parts that were written before hold
-- none of it, and are passed by without being read.
alter table event add index if not exists received_span received type minmax granularity 1;
alter table event materialize index received_span;
