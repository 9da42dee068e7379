-- The log of looks is read: newest first, of one person, and an export (a row for each person in it) as one line.
create index reveal_log_newest on reveal_log (workspace_id, id) where what not like 'export %';
create index reveal_log_exports on reveal_log (workspace_id, what, who, id) where what like 'export %';
create index reveal_log_person on reveal_log (person);
