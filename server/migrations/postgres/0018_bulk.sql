-- Files of buyers are written by the hundred thousand. A sealed trait is written in one place (people/trait.store.ts), of
-- nodes found in the same batch; a foreign key asked twice per row for what is known. With them went what it did when a
-- node is deleted: that is done here, once a statement, for edges and sealed traits.
alter table vault_trait drop constraint if exists vault_trait_workspace_id_fkey;
alter table vault_trait drop constraint if exists vault_trait_node_fkey;

-- Whoever writes sealed traits holds this lock shared: a trait of a node that goes at that moment is not left behind.
create function node_goes() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7190, 0);
  return null;
end $$;
create trigger node_goes before delete on node for each statement execute function node_goes();

create function node_gone() returns trigger language plpgsql as $$
begin
  delete from edge using gone where edge.a = gone.id;
  delete from edge using gone where edge.b = gone.id;
  delete from vault_trait using gone where vault_trait.node = gone.id;
  return null;
end $$;
create trigger node_gone after delete on node referencing old table as gone
  for each statement execute function node_gone();

-- Looked up by the whole value only, and random: half the price per phone of keeping it sorted.
drop index if exists node_mask;
create index node_mask on node using hash (mask_hash);
