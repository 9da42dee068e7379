-- Files of new buyers are written into the graph by the hundred thousand. Each foreign key there was a question per row,
-- a third of the cost of writing a pair; rows of node and edge are written in one place (people/node.store.ts), in the
-- transaction that found or made their nodes. Whoever deletes nodes deletes their edges, too.
alter table node drop constraint if exists node_workspace_id_fkey;
alter table edge drop constraint if exists edge_workspace_id_fkey;
alter table edge drop constraint if exists edge_a_fkey;
alter table edge drop constraint if exists edge_b_fkey;

-- Persons are numbered over all workspaces: the person alone finds its nodes, by a smaller index.
drop index if exists node_person;
create index node_person on node (person);
