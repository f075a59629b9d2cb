-- Tenants, areas, units, users, roles, grants, sign-in, dictionaries, parameters.

create table platform_version (
  key text primary key,
  stamp uuid not null
);
comment on table platform_version is 'global: a new random stamp at every change of rights, settings, calendar; caches hold what they read under a stamp';
insert into platform_version (key, stamp) values ('rights', gen_random_uuid()), ('settings', gen_random_uuid()), ('calendar', gen_random_uuid()), ('tenants', gen_random_uuid());

create table platform_area (
  code text primary key check (code ~ '^(\d{6}|\d{9}|\d{12})$'),
  name text not null,
  full_name text not null,
  level int not null check (level between 1 and 5),
  parent_code text references platform_area (code),
  lon double precision,
  lat double precision,
  state text not null default 'active' check (state in ('active', 'disabled'))
);
create index on platform_area (parent_code);
create index on platform_area using gin (full_name gin_trgm_ops);
comment on table platform_area is 'global: administrative areas, GB/T 2260 and its extensions, five levels';

create table platform_tenant (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null default 'administration' check (kind in ('administration', 'enterprise')),
  area_code text not null references platform_area (code),
  parent_id uuid references platform_tenant (id),
  level int not null check (level between 1 and 5),
  path uuid[] not null,
  time_zone text not null default 'Asia/Shanghai',
  state text not null default 'active' check (state in ('active', 'suspended')),
  state_reason text,
  version int not null default 1,
  created_at timestamptz not null
);
create index on platform_tenant (parent_id);
create index on platform_tenant (area_code);
create index on platform_tenant using gin (path);
comment on table platform_tenant is 'global: the tree of tenants; path holds the ids from the root to itself';

create table platform_unit (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('centre', 'handling', 'section', 'community', 'enterprise', 'subCentre')),
  area_code text not null references platform_area (code),
  parent_id uuid,
  path uuid[] not null,
  sort int not null default 0,
  vertical boolean not null default false,
  state text not null default 'active' check (state in ('active', 'disabled')),
  valid_from date,
  valid_to date,
  leader_name text,
  contact_name text,
  phone_enc text,
  phone_mask text,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references platform_unit (tenant_id, id)
);
create unique index on platform_unit (id);
create index on platform_unit (tenant_id, parent_id, sort, code);
create index on platform_unit (tenant_id, area_code);
create index on platform_unit using gin (path);
create index on platform_unit using gin (name gin_trgm_ops);

create table platform_user (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  login text not null check (login = lower(login)),
  staff_no text not null,
  name text not null,
  mobile_enc text,
  mobile_hash text,
  mobile_mask text,
  email text,
  state text not null default 'active' check (state in ('active', 'disabled', 'deleted')),
  valid_from date,
  valid_to date,
  password_hash text,
  password_at timestamptz,
  must_change boolean not null default false,
  totp_enc text,
  totp_confirmed boolean not null default false,
  totp_counter bigint,
  last_sign_in_at timestamptz,
  last_sign_in_ip text,
  last_sign_in_terminal text,
  previous_sign_in_at timestamptz,
  previous_sign_in_ip text,
  previous_sign_in_terminal text,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id)
);
create unique index on platform_user (id);
-- A deleted account stays as a tombstone; its login may be given again.
create unique index platform_user_login on platform_user (login) where state <> 'deleted';
create unique index platform_user_staff_no on platform_user (tenant_id, staff_no) where state <> 'deleted';
create index on platform_user (mobile_hash) where mobile_hash is not null;
create index on platform_user using gin (name gin_trgm_ops);

create table platform_post (
  tenant_id uuid not null,
  user_id uuid not null,
  unit_id uuid not null,
  main boolean not null default false,
  title text,
  primary key (tenant_id, user_id, unit_id),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
create index on platform_post (tenant_id, unit_id);
create unique index platform_post_main on platform_post (tenant_id, user_id) where main;

create table platform_role (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  code text not null,
  name text not null,
  group_name text not null default '',
  description text not null default '',
  start_page text not null default '/home',
  state text not null default 'active' check (state in ('active', 'disabled')),
  template text,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
comment on column platform_role.template is 'code of the shipped template the role was made from';

create table platform_role_parent (
  tenant_id uuid not null,
  role_id uuid not null,
  parent_id uuid not null,
  primary key (tenant_id, role_id, parent_id),
  foreign key (tenant_id, role_id) references platform_role (tenant_id, id) on delete cascade,
  foreign key (tenant_id, parent_id) references platform_role (tenant_id, id)
);
create index on platform_role_parent (tenant_id, parent_id);

create table platform_role_permission (
  tenant_id uuid not null,
  role_id uuid not null,
  permission text not null,
  scope text not null check (scope in ('own', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow')),
  primary key (tenant_id, role_id, permission, scope),
  foreign key (tenant_id, role_id) references platform_role (tenant_id, id) on delete cascade
);

create table platform_grant (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  scope text check (scope in ('own', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow')),
  valid_from date,
  valid_to date,
  origin text not null default 'manual' check (origin in ('manual', 'import', 'firstAdmin', 'seed')),
  granted_by text not null,
  granted_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_id, role_id),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id),
  foreign key (tenant_id, role_id) references platform_role (tenant_id, id)
);
create index on platform_grant (tenant_id, role_id);
comment on column platform_grant.scope is 'narrows every permission of the role; null leaves the scopes of the role';

create table platform_password_history (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  password_hash text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
create index on platform_password_history (tenant_id, user_id, at desc);

create table platform_sign_in_attempt (
  login_hash text primary key,
  failures int not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index on platform_sign_in_attempt (last_at);
comment on table platform_sign_in_attempt is 'global: wrong sign-ins by keyed hash of what was typed as login, existing or not, so that a lock tells nothing';

create table platform_sign_in_code (
  mobile_hash text primary key,
  code_hash text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0
);
comment on table platform_sign_in_code is 'global: one-time codes by SMS, by keyed hash of the number, known or not';

create table platform_dictionary (
  tenant_id uuid not null references platform_tenant (id),
  code text not null,
  name text not null,
  description text not null default '',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, code)
);

create table platform_dictionary_item (
  tenant_id uuid not null,
  dictionary_code text not null,
  code text not null,
  label text not null,
  labels jsonb not null default '{}',
  parent_code text,
  sort int not null default 0,
  state text not null default 'active' check (state in ('active', 'retired')),
  valid_from date,
  valid_to date,
  external_codes jsonb not null default '{}',
  primary key (tenant_id, dictionary_code, code),
  foreign key (tenant_id, dictionary_code) references platform_dictionary (tenant_id, code) on delete cascade,
  foreign key (tenant_id, dictionary_code, parent_code) references platform_dictionary_item (tenant_id, dictionary_code, code)
);
create index on platform_dictionary_item (tenant_id, dictionary_code, parent_code);

create table platform_setting_value (
  tenant_id uuid not null references platform_tenant (id),
  -- The nil id stands for the tenant as a whole: a primary key takes no null.
  unit_id uuid not null default '00000000-0000-0000-0000-000000000000',
  key text not null,
  value jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, unit_id, key)
);

create table platform_setting_history (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  key text not null,
  old_value jsonb,
  new_value jsonb,
  reason text,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id)
);
create index on platform_setting_history (tenant_id, key, at desc);
comment on table platform_setting_history is 'append-only: every change of a parameter; null is "not set here"';

create view platform_unit_view as
  select tenant_id, id, code, name, kind, area_code, parent_id, path, vertical, state from platform_unit;
create view platform_user_view as
  select u.tenant_id, u.id, u.name, u.staff_no, u.state, p.unit_id as main_unit_id
  from platform_user u left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main;
