-- A hot event: orders that speak of one thing, as people confirmed it. Its words are edited; its figures are always counted anew from its orders.
create table analytics_hot_event (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  from_day date not null,
  to_day date not null,
  title text not null,
  summary text not null,
  subject text not null default '',
  -- As an editor says; the sum of the orders when it was found.
  people int not null,
  area_name text not null default '',
  keywords text[] not null,
  order_ids uuid[] not null,
  state text not null check (state in ('draft', 'confirmed', 'rejected')),
  edit int not null default 1,
  found_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create index analytics_hot_event_days on analytics_hot_event (tenant_id, to_day desc, id desc);
