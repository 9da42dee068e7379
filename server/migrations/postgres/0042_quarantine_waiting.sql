-- How many items of each import wait in the quarantine, kept by what is written there: a page that asks after an import
-- ten times a second counted them again each time. Several rows of one import add up: who finds all of them locked adds
-- one, so that nobody waits for anybody. It refers to no import, since ending an item would wait for who deletes that.
create table quarantine_waiting (
  id bigint generated always as identity primary key,
  import_id integer not null,
  items bigint not null
);
create index quarantine_waiting_import on quarantine_waiting (import_id);

create function quarantine_waits(import_of integer, more bigint) returns void language plpgsql as $$
declare free bigint;
begin
  select id into free from quarantine_waiting where import_id = import_of limit 1 for update skip locked;
  if found then
    update quarantine_waiting set items = items + more where id = free;
  else
    insert into quarantine_waiting (import_id, items) values (import_of, more);
  end if;
end $$;

create function quarantine_added() returns trigger language plpgsql as $$
begin
  perform quarantine_waits(import_id, sum(items))
    from came where state = 'open' and import_id is not null group by import_id;
  return null;
end $$;
create function quarantine_changed() returns trigger language plpgsql as $$
begin
  perform quarantine_waits(import_id, sum(more)) from (
    select import_id, items as more from came where state = 'open' and import_id is not null
    union all select import_id, -items from gone where state = 'open' and import_id is not null
  ) as changed group by import_id having sum(more) <> 0;
  return null;
end $$;
create function quarantine_removed() returns trigger language plpgsql as $$
begin
  perform quarantine_waits(import_id, -sum(items))
    from gone where state = 'open' and import_id is not null group by import_id;
  return null;
end $$;

-- No one writes there from here on until the migration is through.
create trigger quarantine_added after insert on quarantine referencing new table as came
  for each statement execute function quarantine_added();
create trigger quarantine_changed after update on quarantine referencing old table as gone new table as came
  for each statement execute function quarantine_changed();
create trigger quarantine_removed after delete on quarantine referencing old table as gone
  for each statement execute function quarantine_removed();

insert into quarantine_waiting (import_id, items)
select import_id, sum(items) from quarantine where state = 'open' and import_id is not null group by import_id;
