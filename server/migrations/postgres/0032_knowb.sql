-- What in a file's row would speak of a child that is to be deleted, sealed; its row in `child` is emptied at once.
alter table rights_request add column sealed_beside bytea;
