-- Users and units from an outside directory (PLA-08): which record came from where, every run with its counts, and what a person must decide.
create table platform_sync_link (
  tenant_id uuid not null,
  source text not null,
  kind text not null check (kind in ('unit', 'user')),
  code text not null,
  object_id uuid not null,
  linked_at timestamptz not null,
  primary key (tenant_id, source, kind, code)
);
create table platform_sync_run (
  tenant_id uuid not null,
  id uuid not null,
  source text not null,
  mode text not null check (mode in ('snapshot', 'increment')),
  counts jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id)
);
create index on platform_sync_run (tenant_id, at desc, id desc);
create table platform_sync_conflict (
  tenant_id uuid not null,
  id uuid not null,
  source text not null,
  kind text not null,
  code text not null,
  name text not null,
  message text not null,
  record jsonb not null,
  state text not null check (state in ('open', 'applied', 'ignored', 'solved')),
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text,
  reason text,
  primary key (tenant_id, id)
);
create unique index platform_sync_conflict_open on platform_sync_conflict (tenant_id, source, kind, code) where state = 'open';
create index on platform_sync_conflict (tenant_id, found_at desc, id desc);
