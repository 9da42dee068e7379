-- Questions about probable persons that a run took back: what is told now, or the model of today, no longer asks them.
alter table link_setting add column withdrawn integer not null default 0;
