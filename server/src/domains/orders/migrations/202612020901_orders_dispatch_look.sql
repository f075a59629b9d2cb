-- What the sweeps that dispatch without a person have looked at and left to people. Without it the oldest orders that no rule
-- matches would be looked at for ever and newer ones never.
create table order_dispatch_look (
  tenant_id uuid not null,
  order_id uuid not null,
  sweep text not null check (sweep in ('rules', 'profiles')),
  -- Version of the order and the rules of that moment; anything else is worth another look.
  seen text not null,
  at timestamptz not null,
  primary key (tenant_id, order_id, sweep),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_dispatch_look (tenant_id, sweep, at);
