-- What in a file's row would speak of a child that is to be deleted, sealed; its row in `child` is emptied at once.
alter table rights_request add column sealed_beside bytea;

-- How often a stage was entered: again where a date put right by more than two months brings it anew.
alter table stage_entered add column times smallint not null default 1;
