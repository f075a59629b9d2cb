-- Priority of an order: leaders' instructions weigh 2, urgency 1 a grade; a value set by hand stays until it is removed (ORD-15).
alter table order_order add column priority_manual smallint check (priority_manual between -9 and 9);
alter table order_order add column priority int generated always as (
  coalesce(priority_manual::int, (case when flags @> array['instructed'] then 2 else 0 end) + (case urgency when 'major' then 2 when 'urgent' then 1 else 0 end))) stored;
create index on order_order (tenant_id, priority desc, registered_at desc, id desc) where priority <> 0;
