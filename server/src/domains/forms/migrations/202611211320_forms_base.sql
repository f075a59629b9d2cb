-- Forms: definitions with versions (JSON Schema with hints for the renderer), bound to appeal types, matters or lines.

create table form_definition (
  tenant_id uuid not null,
  id uuid not null,
  key text not null,
  name text not null,
  business text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

create table form_version (
  tenant_id uuid not null,
  id uuid not null,
  definition_id uuid not null,
  version int not null,
  state text not null check (state in ('draft', 'published', 'history')),
  schema jsonb not null,
  created_at timestamptz not null,
  created_by_name text not null,
  published_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, definition_id, version),
  foreign key (tenant_id, definition_id) references form_definition
);
create unique index form_version_published on form_version (tenant_id, definition_id) where state = 'published';

create table form_binding (
  tenant_id uuid not null,
  id uuid not null,
  definition_id uuid not null,
  appeal_type text,
  matter_id uuid,
  line text,
  primary key (tenant_id, id),
  foreign key (tenant_id, definition_id) references form_definition,
  unique nulls not distinct (tenant_id, appeal_type, matter_id, line)
);
create index on form_binding (tenant_id, definition_id);
