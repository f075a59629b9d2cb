-- The standard behind every order. Five kinds of standard objects share their states and review columns:
-- state, version (published, 0 = never), revision (optimistic lock), pending_change_id (a change under review).

create table matter_directory (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  parent_id uuid,
  path uuid[] not null,
  level int not null,
  sort int not null default 0,
  description text,
  elements jsonb not null default '[]',
  search_key text not null,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references matter_directory (tenant_id, id)
);
create unique index on matter_directory (id);
create unique index matter_directory_code on matter_directory (tenant_id, code) where state <> 'void';
create unique index matter_directory_name on matter_directory (tenant_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name) where state <> 'void';
create index on matter_directory (tenant_id, parent_id, sort, code);
create index on matter_directory using gin (path);

create table matter_matter (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  directory_id uuid not null,
  directory_path uuid[] not null,
  competent_unit_id uuid,
  division text,
  appeal_types text[] not null default '{}',
  conditions text,
  materials text,
  duration jsonb,
  closing_standard jsonb not null default '[]',
  closing_basis text,
  elements jsonb not null default '[]',
  rules jsonb not null default '{}',
  levels int[] not null default '{}',
  vertical boolean not null default false,
  keywords text[] not null default '{}',
  search_key text not null,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, directory_id) references matter_directory (tenant_id, id),
  foreign key (tenant_id, competent_unit_id) references platform_unit (tenant_id, id)
);
create unique index on matter_matter (id);
create unique index matter_matter_code on matter_matter (tenant_id, code) where state <> 'void';
create unique index matter_matter_name on matter_matter (tenant_id, directory_id, name) where state <> 'void';
create index on matter_matter (tenant_id, directory_id, code);
create index on matter_matter (tenant_id, competent_unit_id, code);
create index on matter_matter (tenant_id, state, code);
create index on matter_matter using gin (directory_path);
create index on matter_matter using gin (search_key gin_trgm_ops);

create table matter_duty_entry (
  tenant_id uuid not null,
  id uuid not null,
  matter_id uuid not null,
  unit_id uuid not null,
  role text not null check (role in ('lead', 'assist', 'negative')),
  area_code text not null,
  implementation_code text,
  implementation_name text,
  matter_type text,
  implementation_type text,
  boundary text,
  valid_from date,
  valid_to date,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
comment on table matter_duty_entry is 'matter_id has no foreign key: the matter may belong to an upper tenant';
create index on matter_duty_entry (tenant_id, matter_id, role, area_code);
create index on matter_duty_entry (tenant_id, unit_id);
create index on matter_duty_entry (tenant_id, state, id);

create table matter_appeal_type (
  tenant_id uuid not null,
  id text not null,
  code text not null,
  name text not null,
  description text,
  parent_id text,
  rules jsonb not null default '{}',
  elements jsonb not null default '[]',
  sort int not null default 0,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);

create table matter_scheme (
  tenant_id uuid not null,
  code text not null,
  name text not null,
  description text,
  used_in jsonb not null,
  revision int not null default 1,
  updated_at timestamptz not null,
  primary key (tenant_id, code)
);

create table matter_scheme_node (
  tenant_id uuid not null,
  id uuid not null,
  scheme text not null,
  code text not null,
  name text not null,
  parent_id uuid,
  path uuid[] not null,
  level int not null,
  examples text,
  external_code text,
  owner_unit_id uuid,
  valid_from date,
  valid_to date,
  sort int not null default 0,
  search_key text not null,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references matter_scheme_node (tenant_id, id)
);
create unique index on matter_scheme_node (id);
create unique index matter_scheme_node_code on matter_scheme_node (tenant_id, scheme, code) where state <> 'void';
create unique index matter_scheme_node_name on matter_scheme_node (tenant_id, scheme, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name) where state <> 'void';
create index on matter_scheme_node (tenant_id, parent_id);
create index on matter_scheme_node (tenant_id, scheme, sort, code);
create index on matter_scheme_node using gin (path);

create table matter_limit_rule (
  tenant_id uuid not null,
  id uuid not null,
  scope_kind text not null check (scope_kind in ('matter', 'category', 'industry', 'appealType', 'tenant')),
  scope_id text,
  level int check (level between 1 and 5),
  urgency text,
  unit_kind text,
  enterprise_grade text,
  clock text not null check (clock in ('sign', 'response', 'handling', 'resultReview', 'firstContact')),
  duration jsonb not null,
  yellow_before jsonb,
  receivers jsonb not null default '{}',
  valid_from date,
  valid_to date,
  note text,
  version int not null default 1,
  removed_at timestamptz,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  check ((scope_kind = 'tenant') = (scope_id is null))
);
create index on matter_limit_rule (tenant_id, clock) where removed_at is null;

create table matter_change (
  tenant_id uuid not null,
  id uuid not null,
  object_kind text not null check (object_kind in ('directory', 'matter', 'dutyEntry', 'appealType', 'schemeNode', 'limitRule')),
  object_id text not null,
  title text not null,
  kind text not null check (kind in ('create', 'modify', 'offline', 'online', 'void', 'delete')),
  state text not null check (state in ('pending', 'approved', 'returned', 'recalled')),
  before jsonb,
  after jsonb,
  reason text,
  version int,
  submitted_by uuid,
  submitted_by_name text not null,
  submitted_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  opinion text,
  primary key (tenant_id, id)
);
create index on matter_change (tenant_id, state, submitted_at desc, id desc);
create index on matter_change (tenant_id, submitted_at desc, id desc);
create index on matter_change (tenant_id, object_kind, object_id, submitted_at desc);

create table matter_version (
  tenant_id uuid not null,
  object_kind text not null,
  object_id text not null,
  version int not null,
  snapshot jsonb not null,
  state text not null,
  change_id uuid,
  by_name text not null,
  opinion text,
  at timestamptz not null,
  primary key (tenant_id, object_kind, object_id, version)
);
create index on matter_version (tenant_id, object_kind, at desc);
comment on table matter_version is 'append-only: published snapshots; orders keep the version they began with';

create table matter_epoch (
  tenant_id uuid primary key references platform_tenant (id),
  epoch uuid not null
);
comment on table matter_epoch is 'changes with every change of the standard of a tenant: processes compare it before they trust their cache';

create table matter_import (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('matter', 'dutyEntry', 'schemeNode')),
  file_name text not null,
  state text not null check (state in ('uploaded', 'checked', 'applied')),
  rows jsonb not null,
  good int not null,
  bad int not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  applied_at timestamptz,
  primary key (tenant_id, id)
);
create index on matter_import (tenant_id, created_at desc);
