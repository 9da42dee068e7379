-- By how many days a child was born before 40 weeks, where that was before 37 and stated: stages count from the due
-- date until 24 months of age. And since when an adopted child is the family's; no stage before.
alter table child add column if not exists early_days UInt16 default 0;
alter table child add column if not exists adopted_on Nullable(Date32);
