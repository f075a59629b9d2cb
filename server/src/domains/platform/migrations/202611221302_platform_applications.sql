create table platform_application (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  code text not null,
  name text not null,
  category text not null,
  owner text not null,
  address text not null,
  state text not null check (state in ('running', 'stopped')),
  account_id uuid not null,
  checklist text[] not null default '{}',
  secret_enc text not null,
  visits int not null default 0,
  visited_at timestamptz,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, account_id) references platform_user (tenant_id, id)
);
create index on platform_application (tenant_id, account_id);
comment on column platform_application.account_id is 'the account whose rights are the ceiling of every grant';

create table platform_application_admission (
  tenant_id uuid not null,
  application_id uuid not null,
  user_id uuid not null,
  admitted_by text not null,
  admitted_at timestamptz not null,
  primary key (tenant_id, application_id, user_id),
  foreign key (tenant_id, application_id) references platform_application (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
create index on platform_application_admission (tenant_id, user_id);

create table platform_application_grant (
  tenant_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  purpose text not null,
  scopes text[] not null,
  valid_to date not null,
  state text not null check (state in ('requested', 'approved', 'refused', 'withdrawn')),
  reason text,
  requested_by uuid,
  requested_by_name text not null,
  requested_at timestamptz not null,
  decided_by_name text,
  decided_at timestamptz,
  tokens int not null default 0,
  used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, application_id) references platform_application (tenant_id, id) on delete cascade
);
create index on platform_application_grant (tenant_id, application_id, requested_at desc);
