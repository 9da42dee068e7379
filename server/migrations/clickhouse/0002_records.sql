-- What a company's systems hold: orders, products, stock, spend, members, tickets, reviews, surveys. Pseudonymous like
-- the facts: no identifier, name or address; of a member not even the number, which is in the hash `id` only.

-- Every version of every record, as each sender stated it. Nothing is rewritten: the newest that was not undone counts.
create table record_version
(
    workspace UInt32,
    kind LowCardinality(String),
    id UInt64, -- keyed hash of kind and natural key
    part LowCardinality(String), -- '' or what this version states of the record, e.g. 'lines'
    changed DateTime64(3, 'UTC'), -- when the sender changed it, else when it came: the newest wins
    hash UInt64, -- keyed hash of everything stated
    import UInt32, -- 0: by the API
    source UInt32,
    received DateTime64(3, 'UTC'),
    stamp DateTime64(3, 'UTC'), -- later than that of any version before: what was said last of two as new
    at DateTime64(3, 'UTC'), -- when it happened: paid, opened, counted
    node UInt64, -- whom it is about; 0: nobody
    key String, -- the natural key; '' where it identifies somebody
    marks Array(LowCardinality(String)),
    fields String codec(ZSTD(1)) -- canonical JSON, without what identifies
)
engine = ReplacingMergeTree(received)
order by (workspace, kind, id, part, changed, hash, import);

-- Imports taken back as a whole. Their versions stay and count no more.
create table record_undone
(
    workspace UInt32,
    import UInt32,
    at DateTime64(3, 'UTC')
)
engine = ReplacingMergeTree(at)
order by (workspace, import);

-- The newest version of each part of each record: what is so now, as far as anybody said.
create view record as
select workspace, kind, id, part, changed, import, source, received, at, node, key, marks, fields
from record_version final
where (workspace, import) not in (select workspace, import from record_undone)
order by workspace, kind, id, part, changed desc, stamp desc
limit 1 by workspace, kind, id, part;

create view product_now as
select workspace, key as sku, JSONExtractString(fields, 'name') as name, JSONExtractString(fields, 'brand') as brand,
    JSONExtractString(fields, 'category') as category, JSONExtractString(fields, 'stage') as stage,
    JSONExtractString(fields, 'pack') as pack, JSONExtract(fields, 'priceFen', 'Nullable(Int64)') as price_fen,
    JSONExtract(fields, 'costFen', 'Nullable(Int64)') as cost_fen, changed
from record where kind = 'product';

-- The newest count of each article in each place.
create view stock_now as
select workspace, JSONExtractString(fields, 'sku') as sku, JSONExtractString(fields, 'place') as place,
    argMax(JSONExtractFloat(fields, 'onHand'), at) as on_hand, argMax(JSONExtractFloat(fields, 'reserved'), at) as reserved,
    argMax(JSONExtractFloat(fields, 'inTransit'), at) as in_transit, max(at) as counted
from record where kind = 'stock'
group by workspace, sku, place, JSONExtractString(fields, 'batch');

create view purchase_order_now as
select workspace, key as number, JSONExtractString(fields, 'sku') as sku, JSONExtractString(fields, 'supplier') as supplier,
    JSONExtractString(fields, 'place') as place, JSONExtractFloat(fields, 'quantity') as quantity,
    JSONExtractFloat(fields, 'received') as received, JSONExtractString(fields, 'status') as status,
    at as ordered, parseDateTime64BestEffortOrNull(JSONExtractString(fields, 'expectedAt'), 3, 'UTC') as expected, changed
from record where kind = 'purchase-order';

create view spend_day as
select workspace, JSONExtractString(fields, 'day') as day, JSONExtractString(fields, 'platform') as platform,
    JSONExtractString(fields, 'account') as account, JSONExtractString(fields, 'campaign') as campaign,
    sum(JSONExtractInt(fields, 'spendFen')) as spend_fen, sum(JSONExtractInt(fields, 'impressions')) as impressions,
    sum(JSONExtractInt(fields, 'clicks')) as clicks, sum(JSONExtractFloat(fields, 'conversions')) as conversions,
    sum(JSONExtractInt(fields, 'revenueFen')) as revenue_fen
from record where kind = 'spend'
group by workspace, day, platform, account, campaign;

-- A correction takes single rows out of `event` (an order moved to another day or buyer). With these columns the engine
-- does so by a small patch, in milliseconds, instead of rewriting the marks of whole parts.
alter table event modify setting enable_block_number_column = 1, enable_block_offset_column = 1;
