-- Shelvings coming due are announced once a step (30, 7, 1 days …), and may be extended.
alter table order_exclusion add column announced_days int;
alter table order_exclusion add column extensions int not null default 0;
create index on order_exclusion (tenant_id, expires_at, id) where state = 'approved' and kind = 'shelve';
