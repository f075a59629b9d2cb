-- Items and directories shared with other tenants, cases pushed to them, and the libraries with their scenarios.
create table knowledge_share (
  -- The owner's; the receiver reads across tenants.
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid,
  directory_id uuid,
  target_tenant_id uuid not null,
  -- push: recommended to the receiver with a notice.
  kind text not null check (kind in ('share', 'push')),
  reason text not null default '',
  state text not null check (state in ('active', 'suspended', 'cancelled')),
  reads int not null default 0,
  copies int not null default 0,
  used int not null default 0,
  last_used_at timestamptz,
  shared_at timestamptz not null,
  shared_by_name text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  check ((item_id is null) <> (directory_id is null))
);
create unique index knowledge_share_open on knowledge_share (tenant_id, target_tenant_id, coalesce(item_id, directory_id)) where state <> 'cancelled';
create index on knowledge_share (tenant_id, item_id);
create index on knowledge_share (tenant_id, directory_id);
create index on knowledge_share (target_tenant_id, state);

create table knowledge_share_use (
  tenant_id uuid not null,
  id uuid not null,
  share_id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('copy', 'used')),
  note text not null default '',
  by_name text not null,
  unit_name text,
  at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table knowledge_share_use is 'append-only: what a receiver did with what was shared';
create index on knowledge_share_use (tenant_id, share_id, at desc);

create table knowledge_library (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  description text not null default '',
  -- Empty: no directories of its own, only what its scenarios link.
  directory_ids uuid[] not null default '{}',
  audience text not null check (audience in ('public', 'staff')),
  -- Whether connected applications take it over (open API).
  open boolean not null default false,
  enabled boolean not null default true,
  sort int not null default 100,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index knowledge_library_code on knowledge_library (tenant_id, code);

create table knowledge_scenario (
  tenant_id uuid not null,
  id uuid not null,
  library_id uuid not null,
  name text not null,
  description text not null default '',
  -- Words by which a question is known to belong here.
  words text[] not null default '{}',
  enabled boolean not null default true,
  sort int not null default 100,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, library_id) references knowledge_library
);
create unique index knowledge_scenario_name on knowledge_scenario (tenant_id, library_id, name);

create table knowledge_scenario_item (
  tenant_id uuid not null,
  scenario_id uuid not null,
  item_id uuid not null,
  place int not null,
  linked_at timestamptz not null,
  linked_by_name text not null,
  primary key (tenant_id, scenario_id, item_id),
  foreign key (tenant_id, scenario_id) references knowledge_scenario,
  foreign key (tenant_id, item_id) references knowledge_item on delete cascade
);
create index on knowledge_scenario_item (tenant_id, item_id);
