-- The scored model of the health check where a tenant changed it; the delivered one stands in the program.
create table analytics_health_model (
  tenant_id uuid primary key references platform_tenant (id),
  definition jsonb not null,
  -- Counts every change, so that two editors notice each other.
  edit int not null,
  changed_at timestamptz not null,
  changed_by_name text not null
);
