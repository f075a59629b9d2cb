-- The classifier of the sign-in queue (ORD-24): counts of features, and how it did on orders it had not seen.
create table order_sign_model (
  tenant_id uuid primary key,
  trained_at timestamptz not null,
  examples int not null,
  good int not null,
  tested int not null,
  chosen int not null,
  right_count int not null,
  model jsonb not null
);
