-- Query models people saved: a fact with what is joined to it, conditions, fields, groups. What is delivered stands in code.
create table data_model (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 40),
  description text not null default '',
  owner_id uuid not null,
  owner_name text not null,
  shared boolean not null default false,
  removed boolean not null default false,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create index on data_model (tenant_id, owner_id) where not removed;
create index data_model_shared on data_model (tenant_id, name) where shared and not removed;

create table data_model_version (
  tenant_id uuid not null,
  id uuid not null,
  version int not null,
  name text not null,
  definition jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id, version),
  foreign key (tenant_id, id) references data_model (tenant_id, id)
);
comment on table data_model_version is 'append-only: what a model was when somebody used it';
