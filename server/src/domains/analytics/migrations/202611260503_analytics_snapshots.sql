-- Rows behind a figure as they were at one moment. What a reader sees of them follows his right to the orders of today.
create table analytics_snapshot (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  name text not null,
  -- The figure's question: period, filters, indicator, keys.
  question jsonb not null,
  statement text not null,
  rows int not null,
  taken_at timestamptz not null,
  taken_by uuid not null,
  taken_by_name text not null,
  primary key (tenant_id, id)
);
create index analytics_snapshot_mine on analytics_snapshot (tenant_id, taken_by, taken_at desc);
comment on table analytics_snapshot is 'append-only: a message or a report may point at it';

create table analytics_snapshot_row (
  tenant_id uuid not null,
  snapshot_id uuid not null,
  position int not null,
  order_id uuid not null,
  number text not null,
  title text not null,
  state_name text not null,
  unit_name text,
  registered_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, snapshot_id, position),
  foreign key (tenant_id, snapshot_id) references analytics_snapshot (tenant_id, id)
);
comment on table analytics_snapshot_row is 'append-only: the state of the moment, never of today';
