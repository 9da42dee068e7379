-- Write keys that were changed and still count for a while, so that senders in the field can be moved one by one.
create table source_old_key (
  write_key text primary key,
  source_id integer not null references source (id) on delete cascade,
  ends_at timestamptz not null,
  last_used_at timestamptz
);
create index source_old_key_of on source_old_key (source_id);
