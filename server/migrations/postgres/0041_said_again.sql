-- A buyer's every order says her name again. When it was said again is put down once a slice and worked into vault_trait
-- at the end (people/said-again.store.ts): written there each time, a slice goes over nearly every page of the table.
create table trait_again (
  import integer not null references import on delete cascade,
  part smallint not null,
  key text not null,
  nodes bigint[] not null,
  -- Milliseconds since 1970, of each node the one at its place.
  ms bigint[] not null
);
alter table trait_again alter column nodes set storage external, alter column ms set storage external;
create index trait_again_import on trait_again (import, part);

-- Which process remembers what an import under way has said; another one settles first what waits.
create table trait_holder (
  import integer primary key references import on delete cascade,
  holder uuid not null
);

-- Imports under way of whose words some were taken away by others. Appended to only: whoever deletes waits for nobody.
create table trait_taken (import integer not null references import on delete cascade);
create index trait_taken_import on trait_taken (import);

create function trait_taken() returns trigger language plpgsql as $$
begin
  insert into trait_taken (import)
    select distinct gone.import from gone join trait_holder on trait_holder.import = gone.import;
  return null;
end $$;
create trigger trait_taken after delete on vault_trait referencing old table as gone
  for each statement execute function trait_taken();
