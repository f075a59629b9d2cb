-- What an upper tenant fixes for those below: accounts, modules, rights, parameters; and which modules a tenant leaves off itself.

create table platform_tenant_control (
  tenant_id uuid primary key references platform_tenant (id),
  account_quota int check (account_quota >= 0),
  modules_off text[] not null default '{}',
  own_modules_off text[] not null default '{}',
  barred_permissions text[] not null default '{}',
  barred_roles text[] not null default '{}',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);
comment on table platform_tenant_control is 'What the tenant above has fixed for this tenant and all below it; own_modules_off is the tenant''s own choice.';

create table platform_setting_lock (
  tenant_id uuid not null references platform_tenant (id),
  key text not null,
  reason text not null default '',
  locked_at timestamptz not null,
  locked_by text not null,
  primary key (tenant_id, key)
);
comment on table platform_setting_lock is 'Parameters whose value of this tenant holds for all tenants below, whatever stands there.';

create trigger platform_tenants_control after insert or delete or update on platform_tenant_control for each statement execute function platform_tenants_changed();
