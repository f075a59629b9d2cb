-- Events that could not be projected when they came; tried again until they are.
create table telephony_unprojected (
  tenant_id uuid not null,
  epoch text not null,
  seq bigint not null,
  call_id uuid,
  kind text not null,
  event jsonb not null,
  error text not null,
  tries int not null default 0,
  next_at timestamptz not null,
  primary key (tenant_id, epoch, seq)
);
create index on telephony_unprojected (tenant_id, call_id) where call_id is not null;
