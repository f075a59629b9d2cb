-- Rules on the nodes of handling (ORD-68). A version holds for orders registered while it was in force.
create table order_node_rule (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  node text not null,
  shipped boolean not null default false,
  enabled boolean not null default false,
  definition jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_node_rule (tenant_id, name);

create table order_node_rule_version (
  tenant_id uuid not null,
  rule_id uuid not null,
  version int not null,
  name text not null,
  node text not null,
  definition jsonb not null,
  from_at timestamptz not null,
  until_at timestamptz,
  by_name text not null,
  primary key (tenant_id, rule_id, version),
  foreign key (tenant_id, rule_id) references order_node_rule
);
create index on order_node_rule_version (tenant_id, node, from_at);
