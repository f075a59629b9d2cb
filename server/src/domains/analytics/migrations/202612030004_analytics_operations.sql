-- Recurring operation work: who does it in which cycle, and each time it was done (ANA-45).
create table analytics_operation (
  tenant_id uuid not null,
  id uuid not null,
  -- of the delivered ones; own ones have none
  code text,
  name text not null,
  detail text not null default '',
  cycle text not null check (cycle in ('day', 'week', 'month', 'quarter', 'year')),
  owner_id uuid,
  owner_name text,
  -- pages of the console
  tool_path text not null,
  output_path text not null,
  active boolean not null default true,
  created_at timestamptz not null,
  changed_by_name text not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create unique index on analytics_operation (tenant_id, code) where code is not null;

create table analytics_operation_run (
  tenant_id uuid not null,
  id uuid not null,
  operation_id uuid not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  result text not null,
  path text,
  primary key (tenant_id, id),
  foreign key (tenant_id, operation_id) references analytics_operation
);
create index on analytics_operation_run (tenant_id, operation_id, at desc);
