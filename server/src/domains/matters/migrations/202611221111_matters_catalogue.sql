-- The catalogue of elements with its relations, and problem points of themes.

create table matter_element (
  tenant_id uuid not null,
  id uuid not null,
  family text not null check (family in ('event', 'request', 'subject', 'object', 'address', 'requester')),
  code text not null,
  name text not null,
  category text not null,
  definition text not null,
  attributes jsonb not null default '[]',
  version int not null,
  retired_at timestamptz,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table matter_element_version (
  tenant_id uuid not null,
  element_id uuid not null,
  version int not null,
  snapshot jsonb not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, element_id, version),
  foreign key (tenant_id, element_id) references matter_element (tenant_id, id)
);
comment on table matter_element_version is 'append-only: every version of an element from its creation';

create table matter_element_relation (
  tenant_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  kind text not null check (kind in ('hierarchy', 'association', 'dependency')),
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, from_id, to_id, kind),
  foreign key (tenant_id, from_id) references matter_element (tenant_id, id),
  foreign key (tenant_id, to_id) references matter_element (tenant_id, id),
  check (from_id <> to_id)
);
create index on matter_element_relation (tenant_id, to_id);

create table matter_problem_point (
  tenant_id uuid not null,
  id uuid not null,
  theme text not null,
  parent_id uuid,
  name text not null,
  path uuid[] not null,
  bindings jsonb not null,
  merged_into uuid,
  removed_at timestamptz,
  version int not null default 1,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references matter_problem_point (tenant_id, id),
  foreign key (tenant_id, merged_into) references matter_problem_point (tenant_id, id)
);
create index on matter_problem_point (tenant_id, theme);
create index on matter_problem_point (tenant_id, parent_id);
create index on matter_problem_point (tenant_id, merged_into);

create table matter_problem_log (
  tenant_id uuid not null,
  id uuid not null,
  point_id uuid not null,
  act text not null check (act in ('create', 'change', 'move', 'merge', 'remove')),
  before jsonb,
  after jsonb,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, point_id) references matter_problem_point (tenant_id, id)
);
create index on matter_problem_log (tenant_id, point_id, at);
comment on table matter_problem_log is 'append-only: history of problem points, kept through moves and merges';
