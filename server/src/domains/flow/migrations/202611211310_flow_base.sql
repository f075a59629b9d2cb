-- Approvals: definitions with versions as compact graphs; instances, open steps and the append-only record of decisions.

create table flow_definition (
  id uuid primary key,
  key text not null unique,
  name text not null unique,
  business_type text not null,
  stage text,
  scope text not null check (scope in ('deployment', 'tenant', 'area')),
  scope_tenant_id uuid,
  area_code text,
  industry text,
  created_at timestamptz not null,
  check ((scope = 'tenant') = (scope_tenant_id is not null)),
  check ((scope = 'area') = (area_code is not null))
);
comment on table flow_definition is 'global: a process belongs to the deployment, a tenant or an area as its scope says; its key is unique in all';

create table flow_version (
  id uuid primary key,
  definition_id uuid not null references flow_definition,
  version int not null,
  state text not null check (state in ('draft', 'published', 'history')),
  created_at timestamptz not null,
  created_by_name text not null,
  published_at timestamptz,
  unique (definition_id, version)
);
create unique index flow_version_published on flow_version (definition_id) where state = 'published';
comment on table flow_version is 'global: instances stay on the version they began with';

create table flow_node (
  version_id uuid not null references flow_version on delete cascade,
  key text not null,
  position int not null,
  kind text not null check (kind in ('start', 'userTask', 'exclusive', 'end')),
  name text not null,
  actor jsonb,
  mode text not null default 'one' check (mode in ('one', 'all')),
  limit_hours int,
  level_up boolean not null default false,
  pass_up boolean not null default false,
  result text check (result in ('approved', 'returned')),
  x int,
  y int,
  primary key (version_id, key)
);
comment on table flow_node is 'global: nodes are data; none carries code';

create table flow_edge (
  version_id uuid not null,
  position int not null,
  from_key text not null,
  to_key text not null,
  outcome text not null check (outcome in ('next', 'approve', 'return', 'passUp')),
  condition jsonb,
  primary key (version_id, position),
  foreign key (version_id, from_key) references flow_node on delete cascade,
  foreign key (version_id, to_key) references flow_node on delete cascade
);
create index on flow_edge (version_id, from_key);
create index on flow_edge (version_id, to_key);
comment on table flow_edge is 'global: routes between nodes';

create table flow_instance (
  tenant_id uuid not null,
  id uuid not null,
  definition_key text not null,
  version_id uuid not null references flow_version,
  object_type text not null,
  object_id uuid not null,
  subject_unit_id uuid not null,
  applicant_id uuid,
  applicant_name text not null,
  title text not null,
  link text,
  variables jsonb not null,
  state text not null check (state in ('running', 'approved', 'returned', 'ended')),
  current_name text,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index on flow_instance (version_id);
create index on flow_instance (tenant_id, object_id);
create index on flow_instance (tenant_id, state, started_at desc, id desc);

create table flow_token (
  tenant_id uuid not null,
  id uuid not null,
  instance_id uuid not null,
  node_key text not null,
  node_name text not null,
  unit_id uuid not null,
  at_centre boolean not null,
  permission text,
  role text,
  assignee_id uuid,
  opened_at timestamptz not null,
  due_at timestamptz,
  closed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references flow_instance
);
create index on flow_token (tenant_id, instance_id);
create index on flow_token (tenant_id, unit_id, opened_at) where closed_at is null;
create index on flow_token (tenant_id, assignee_id, opened_at) where closed_at is null and assignee_id is not null;
comment on table flow_token is 'A step that waits for a decision; several at a time where all must decide.';

create table flow_record (
  tenant_id uuid not null,
  id uuid not null,
  instance_id uuid not null,
  node_key text not null,
  node_name text not null,
  unit_id uuid,
  actor_id uuid,
  actor_name text not null,
  outcome text not null check (outcome in ('start', 'approve', 'return', 'passUp', 'skip', 'reassign', 'end')),
  opinion text,
  file_ids uuid[] not null default '{}',
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references flow_instance
);
create index on flow_record (tenant_id, instance_id, at);
create index on flow_record (tenant_id, actor_id, at desc);
comment on table flow_record is 'append-only: who decided what at which step';
