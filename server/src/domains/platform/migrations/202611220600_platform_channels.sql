-- Channels, rules, templates and preferences of messages; deliveries outside the house with their log.

create table platform_message_channel (
  tenant_id uuid not null references platform_tenant (id),
  channel text not null check (channel in ('sms', 'email', 'wechat', 'webhook')),
  adapter text not null,
  enabled boolean not null,
  config jsonb not null default '{}',
  secret_enc text,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, channel)
);
comment on table platform_message_channel is 'Configuration of a channel; secrets of the adapter encrypted, never shown. Without a row the channel works as declared: SMS by the gateway of the installation, others off.';

create table platform_message_rule (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  type text not null,
  role_code text,
  unit_id uuid,
  levels text[] not null,
  channels text[] not null,
  fallback text check (fallback in ('sms', 'email', 'wechat')),
  enabled boolean not null default true,
  note text not null default '',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
create index on platform_message_rule (tenant_id, unit_id) where unit_id is not null;
comment on column platform_message_rule.type is 'A type, a group of types, or * for all.';

create table platform_message_template (
  tenant_id uuid not null references platform_tenant (id),
  type text not null,
  channel text not null check (channel in ('sms', 'email', 'wechat', 'webhook')),
  title text not null default '',
  text text not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, type, channel)
);

create table platform_message_preference (
  tenant_id uuid not null,
  user_id uuid not null,
  type text not null,
  channel text not null check (channel in ('sms', 'email', 'wechat')),
  primary key (tenant_id, user_id, type, channel),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
comment on table platform_message_preference is 'A row says: not by this channel. type is a group of types, or *.';

create table platform_user_address (
  tenant_id uuid not null,
  user_id uuid not null,
  channel text not null check (channel = 'wechat'),
  address_enc text not null,
  address_mask text not null,
  bound_at timestamptz not null,
  primary key (tenant_id, user_id, channel),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
comment on table platform_user_address is 'Addresses of users that are not columns of the account (mobile and e-mail are).';

create table platform_delivery (
  tenant_id uuid not null,
  id uuid not null,
  channel text not null,
  type text not null,
  level text not null,
  user_id uuid,
  user_name text,
  address_mask text,
  content_enc text not null,
  object_type text,
  object_id text,
  state text not null check (state in ('waiting', 'queued', 'sent', 'failed', 'skipped', 'recalled')),
  attempts int not null default 0,
  merged int not null default 1,
  result text,
  instead_of uuid,
  fallback text,
  created_at timestamptz not null,
  next_at timestamptz,
  sent_at timestamptz,
  primary key (tenant_id, id)
);
create index on platform_delivery (tenant_id, created_at desc, id desc);
create index on platform_delivery (tenant_id, state, created_at desc, id desc);
create index on platform_delivery (tenant_id, user_id, created_at desc, id desc) where user_id is not null;
create index on platform_delivery (tenant_id, object_id) where object_id is not null;
create index on platform_delivery (state, next_at) where state in ('waiting', 'queued');
comment on table platform_delivery is 'One message by one outside channel to one address: outbox and log. Texts are encrypted, they may carry names; addresses are kept where they belong and read when sending.';

create table platform_message_send (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  title text not null,
  text text,
  level text not null check (level in ('P1', 'P2', 'P3', 'P4')),
  audience jsonb not null,
  state text not null check (state in ('scheduled', 'sent', 'cancelled', 'recalled')),
  send_at timestamptz not null,
  told int,
  recalled int,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on platform_message_send (tenant_id, created_at desc, id desc);
create index on platform_message_send (tenant_id, send_at) where state = 'scheduled';
create index on platform_message_send (tenant_id, created_by);
comment on table platform_message_send is 'Messages that staff write to people, units and roles, now or at a later time.';

insert into platform_version (key, stamp) values ('messages', gen_random_uuid()) on conflict do nothing;
create index on platform_delivery (tenant_id, instead_of) where instead_of is not null;
