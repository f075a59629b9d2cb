-- Visits and letters (ORD-07): drafts by channel, where an item was registered first, and which draft became which order.
alter table order_draft add column channel text;
create index on order_draft (tenant_id, channel, saved_at desc) where channel is not null;
alter table order_order
  add column registration_source text not null default '本系统',
  add column draft_id uuid;
create index on order_order (tenant_id, draft_id) where draft_id is not null;
create index on order_order (tenant_id, channel, registered_at desc) where channel in ('visit', 'letter');
