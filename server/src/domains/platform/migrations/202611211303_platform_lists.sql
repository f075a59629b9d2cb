-- Saved queries, list layouts, and long work with progress (exports, imports, batches).

create table platform_saved_query (
  tenant_id uuid not null,
  id uuid not null,
  page text not null,
  name text not null,
  visibility text not null check (visibility in ('private', 'role', 'shared')),
  role_code text,
  owner_id uuid not null,
  owner_name text not null,
  filter jsonb not null,
  q text,
  sort text,
  columns text[],
  starred boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  check ((visibility = 'role') = (role_code is not null))
);
create index on platform_saved_query (tenant_id, page, owner_id);

create table platform_list_layout (
  tenant_id uuid not null,
  user_id uuid not null,
  page text not null,
  layout jsonb not null,
  updated_at timestamptz not null,
  primary key (tenant_id, user_id, page)
);

create table platform_task (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  title text not null,
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  done int not null default 0,
  failed int not null default 0,
  total int,
  input jsonb not null,
  result jsonb,
  result_file_id uuid,
  failed_file_id uuid,
  error text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz,
  cancel_at timestamptz,
  primary key (tenant_id, id)
);
create index on platform_task (tenant_id, created_by, created_at desc, id desc);
create index on platform_task (tenant_id, expires_at) where expires_at is not null;
