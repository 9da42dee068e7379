-- Beside what people, shops and apps say (import 0), each import's word on a trait stands by itself, so that undoing an
-- import leaves what stood before. The newest word counts, as ever.
alter table trait add column import UInt32, modify order by (workspace, key, node, import);
