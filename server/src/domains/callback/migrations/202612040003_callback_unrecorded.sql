-- Connected callback calls that left no recording, each told once.
create table callback_unrecorded_call (
  tenant_id uuid not null,
  call_id uuid not null,
  order_id uuid not null,
  call_at timestamptz not null,
  user_name text,
  found_at timestamptz not null,
  primary key (tenant_id, call_id)
);
