-- Key-case topics of special periods, the library of the upper platform's special marks, and both on orders (ORD-17).
create table order_key_topic (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  enabled boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_key_topic (tenant_id, name);

create table order_special_mark (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  platform text,
  enabled boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_special_mark (tenant_id, code);

create table order_key_mark (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('topic', 'special')),
  ref_id uuid not null,
  name text not null,
  at timestamptz not null,
  by_name text not null,
  unit_id uuid,
  unit_name text,
  cancelled_at timestamptz,
  cancelled_by_name text,
  cancel_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index on order_key_mark (tenant_id, order_id, ref_id) where cancelled_at is null;
create index on order_key_mark (tenant_id, ref_id, at desc) where cancelled_at is null;
