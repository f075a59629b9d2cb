-- Forms for enterprises: which published form is offered from when, to which industries and service levels, and what was filled in.

create table intake_enterprise_form (
  tenant_id uuid not null,
  id uuid not null,
  definition_id uuid not null,
  name text not null,
  kind text not null check (kind in ('policy', 'complaint', 'application', 'other')),
  effective_on date not null,
  until_on date,
  industries text[] not null default '{}',
  levels text[] not null default '{}',
  state text not null check (state in ('draft', 'published', 'stopped')),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
comment on column intake_enterprise_form.industries is 'empty: every industry; likewise levels';

create table intake_enterprise_form_entry (
  tenant_id uuid not null,
  id uuid not null,
  enterprise_form_id uuid not null,
  form_name text not null,
  version_id uuid not null,
  enterprise_id uuid not null,
  enterprise_name text not null,
  account_id uuid not null,
  by_name text not null,
  client_key text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, client_key),
  foreign key (tenant_id, enterprise_form_id) references intake_enterprise_form (tenant_id, id),
  foreign key (tenant_id, enterprise_id) references intake_enterprise (tenant_id, id)
);
create index on intake_enterprise_form_entry (tenant_id, at desc, id desc);
create index on intake_enterprise_form_entry (tenant_id, enterprise_form_id, at desc);
create index on intake_enterprise_form_entry (tenant_id, enterprise_id, at desc);
comment on table intake_enterprise_form_entry is 'append-only: what an enterprise filled in, with the version of the form it saw';
