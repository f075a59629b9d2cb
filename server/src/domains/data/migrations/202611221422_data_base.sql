-- The indicator catalogue: what a tenant changed of the shipped set, and its own. Figures themselves are not stored: each is counted from its rows.
create table data_indicator (
  tenant_id uuid not null references platform_tenant (id),
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null,
  state text not null default 'active' check (state in ('active', 'stopped')),
  shipped boolean not null,
  owner text not null default '',
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);

-- A definition holds from a day on; earlier days keep theirs.
create table data_indicator_version (
  tenant_id uuid not null,
  code text not null,
  version int not null check (version > 0),
  from_day date not null,
  definition jsonb not null,
  reason text not null default '',
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, code, version),
  unique (tenant_id, code, from_day),
  foreign key (tenant_id, code) references data_indicator (tenant_id, code)
);
comment on table data_indicator_version is 'append-only: old periods are counted by old versions';
