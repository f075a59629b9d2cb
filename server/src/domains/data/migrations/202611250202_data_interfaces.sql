-- Figures published to outside readers: a fixed form under a code, who may call it, and every call.
create table data_interface (
  tenant_id uuid not null references platform_tenant (id),
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null check (length(name) between 1 and 40),
  description text not null default '',
  form jsonb not null,
  state text not null default 'open' check (state in ('open', 'stopped')),
  per_minute int not null check (per_minute between 1 and 600),
  caller_ids uuid[] not null default '{}',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);
create table data_interface_call (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  version int not null,
  caller_id uuid not null,
  caller_name text not null,
  at timestamptz not null,
  params jsonb not null,
  rows int not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, code) references data_interface (tenant_id, code)
);
create index on data_interface_call (tenant_id, code, at);
comment on table data_interface_call is 'append-only: who was given which figures';
