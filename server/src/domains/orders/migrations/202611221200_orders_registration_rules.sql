-- Rules of registration kept as data: element labels by type of appeal (ORD-05), own proofreading rules and their test set (ORD-09).
create table order_type_element (
  tenant_id uuid not null,
  appeal_type text not null,
  elements jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, appeal_type)
);

create table order_proofread_rule (
  tenant_id uuid not null,
  id uuid not null,
  -- A rule that ships with the product: only whether it is on is kept here.
  code text,
  name text not null,
  definition jsonb,
  enabled boolean not null default false,
  -- Of an own rule: when the definition that stands was tried on past orders.
  tried_at timestamptz,
  -- Per cent of the orders tried on which it would have spoken.
  tried_share int,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  check ((code is null) <> (definition is null))
);
create unique index on order_proofread_rule (tenant_id, code) where code is not null;
create unique index on order_proofread_rule (tenant_id, name) where code is null;

create table order_proofread_example (
  tenant_id uuid not null,
  id uuid not null,
  fields jsonb not null,
  expected text[] not null default '{}',
  added_at timestamptz not null,
  added_by_name text not null,
  primary key (tenant_id, id)
);

create index order_timeline_proofread on order_timeline (tenant_id, at desc) where act = 'proofread';
