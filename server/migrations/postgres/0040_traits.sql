-- A buyer's every order says her name again: what is written anew stays on its page, and no index is written for it.
alter table vault_trait set (fillfactor = 75);
