-- Notices to staff (PLA-27), parameter changes planned for a date (PLA-16), duty contacts (PLA-28), units merged into others (PLA-04).

create table platform_notice (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  kind text not null check (kind in ('system', 'policy', 'work', 'general')),
  title text not null,
  text text not null,
  unit_ids uuid[] not null default '{}',
  role_codes text[] not null default '{}',
  must_read boolean not null default false,
  shown_from timestamptz not null,
  shown_to timestamptz,
  state text not null check (state in ('published', 'withdrawn')),
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  version int not null default 1,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  primary key (tenant_id, id)
);
create index on platform_notice (tenant_id, state, shown_from desc, id desc);
comment on table platform_notice is 'Without units and roles a notice is for everybody in the tenant; units reach all below them.';

create table platform_notice_read (
  tenant_id uuid not null,
  notice_id uuid not null,
  user_id uuid not null,
  read_at timestamptz not null,
  primary key (tenant_id, notice_id, user_id),
  foreign key (tenant_id, notice_id) references platform_notice (tenant_id, id) on delete cascade
);

create table platform_planned_setting (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  unit_id uuid not null,
  key text not null,
  value jsonb not null,
  effective_at timestamptz not null,
  reason text,
  state text not null check (state in ('planned', 'applied', 'cancelled', 'failed')),
  error text,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on platform_planned_setting (tenant_id, key, effective_at);
create index on platform_planned_setting (effective_at) where state = 'planned';

create table platform_duty_contact (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  duty text not null,
  name text not null,
  post text not null default '',
  mobile_enc text not null,
  mobile_mask text not null,
  sort int not null default 0,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
create index on platform_duty_contact (tenant_id, unit_id);

alter table platform_unit add column merged_into uuid, add foreign key (tenant_id, merged_into) references platform_unit (tenant_id, id);
create index on platform_unit (tenant_id, merged_into) where merged_into is not null;
