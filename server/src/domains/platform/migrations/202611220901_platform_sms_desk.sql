-- The SMS desk: templates of the tenant, favourites of a person, and who sent what by hand.

create table platform_sms_template (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  name text not null,
  class text not null default '',
  text text not null,
  signature text not null default '',
  state text not null check (state in ('draft', 'pending', 'approved', 'disabled')),
  refused_reason text,
  decided_by text,
  created_by uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
comment on table platform_sms_template is 'Texts for sending by hand; {name} marks a variable.';

create table platform_sms_favourite (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  folder text not null default '',
  title text not null,
  text text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
create index on platform_sms_favourite (tenant_id, user_id);

create table platform_sms_send (
  tenant_id uuid not null,
  sms_id uuid not null,
  batch_id uuid not null,
  sent_by uuid not null,
  sent_by_name text not null,
  to_name text,
  template_name text,
  created_at timestamptz not null,
  primary key (tenant_id, sms_id),
  foreign key (tenant_id, sms_id) references platform_sms (tenant_id, id) on delete cascade
);
create index on platform_sms_send (tenant_id, created_at desc, sms_id desc);
create index on platform_sms_send (tenant_id, sent_by, created_at desc);
create index on platform_sms_send (tenant_id, batch_id);
comment on table platform_sms_send is 'Who sent which SMS by hand, to whom.';
