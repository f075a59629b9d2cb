-- The one label library of all modules (PLA-17). What bears a label is the owning module's table.

create table platform_label_class (
  tenant_id uuid not null references platform_tenant (id),
  code text not null,
  name text not null,
  description text not null default '',
  sort int not null default 0,
  state text not null default 'active' check (state in ('active', 'disabled')),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, code)
);

create table platform_label (
  tenant_id uuid not null,
  id uuid not null,
  class_code text not null,
  code text not null,
  name text not null,
  definition text not null default '',
  usage_rule text not null default '',
  scene text not null default '',
  parent_id uuid,
  synonyms text[] not null default '{}',
  owner_name text not null default '',
  colour text not null default 'grey',
  valid_from date,
  valid_to date,
  state text not null check (state in ('proposed', 'enabled', 'disabled', 'merged', 'retired')),
  merged_into uuid,
  reason text,
  version int not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, class_code) references platform_label_class (tenant_id, code),
  foreign key (tenant_id, parent_id) references platform_label (tenant_id, id),
  foreign key (tenant_id, merged_into) references platform_label (tenant_id, id),
  check ((state = 'merged') = (merged_into is not null))
);
create unique index platform_label_code on platform_label (tenant_id, code);
-- A merged or retired label frees its name.
create unique index platform_label_name on platform_label (tenant_id, class_code, name) where state in ('proposed', 'enabled', 'disabled');
create index on platform_label (tenant_id, parent_id) where parent_id is not null;
create index on platform_label (tenant_id, merged_into) where merged_into is not null;
create index on platform_label (tenant_id, class_code, state, name);
