-- A sign of a household goes with the word it was read from: an import taken back, a trait forgotten, a child's date put
-- right. Where a former word counts again, it is read anew (families/household-signs.store.ts).
create function trait_gone() returns trigger language plpgsql as $$
begin
  delete from household_sign as sign using gone
    where sign.node = gone.node and sign.key = gone.key and sign.kind in ('address', 'number');
  return null;
end $$;
create trigger trait_gone after delete on vault_trait referencing old table as gone
  for each statement execute function trait_gone();

create function child_sign_gone() returns trigger language plpgsql as $$
begin
  delete from household_sign where child = new.id;
  return null;
end $$;
create trigger child_sign_gone after update on child for each row
  when ((old.born_on, old.sealed_name, old.removed_at) is distinct from (new.born_on, new.sealed_name, new.removed_at))
  execute function child_sign_gone();

-- Those of words that went before.
delete from household_sign as sign where sign.kind = 'address'
  and not exists (select from vault_trait as trait where trait.node = sign.node and trait.key = sign.key);
delete from household_sign as sign using child where child.id = sign.child and child.removed_at is not null;
