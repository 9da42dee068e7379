-- Files of new buyers are written into the graph by the hundred thousand, and most of the database's work for each went
-- into keeping identifiers in the order of workspace, namespace (compared by the rules of a language) and hash. The hash
-- covers the namespace under a key of the workspace's own: by itself it says the same, at two thirds of the price a row.
create table identity_namespace (
  workspace_id integer not null references workspace (id) on delete cascade,
  namespace text not null,
  primary key (workspace_id, namespace)
);
insert into identity_namespace (workspace_id, namespace) select distinct workspace_id, namespace from node;
create unique index node_value on node (value_hash, workspace_id);
alter table node drop constraint if exists node_workspace_id_namespace_value_hash_key;

-- A word on consent is kept at every node of its person; of whose node it is a copy. Who parts one day takes along the
-- no that was said meanwhile, but not the yes that the other one said.
alter table consent add column from_node bigint;
