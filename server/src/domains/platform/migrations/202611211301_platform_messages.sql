-- In-app messages, message types as data, and the outbox of text messages.

create table platform_message_type (
  code text primary key,
  number int generated always as identity unique,
  name text not null,
  module text not null
);
comment on table platform_message_type is 'global: kinds of messages, the same for all tenants; an unknown code that a module sends registers itself';

insert into platform_message_type (code, name, module) values
  ('todo', '待办', 'platform'), ('task', '任务', 'platform'), ('order', '工单动态', 'orders'), ('urge', '催办', 'orders'), ('approval', '审批', 'flow'),
  ('warning', '预警', 'warning'), ('supervision', '督办', 'supervision'), ('callback', '回访', 'callback'), ('schedule', '排班', 'workforce'),
  ('notice', '通知公告', 'platform'), ('user', '人员消息', 'platform'), ('system', '系统消息', 'platform');

create table platform_message (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  type text not null,
  level text not null check (level in ('P1', 'P2', 'P3', 'P4')),
  title text not null,
  text text,
  link text,
  object_type text,
  object_id text,
  repeats int not null default 1,
  created_at timestamptz not null,
  happened_at timestamptz not null,
  read_at timestamptz,
  primary key (tenant_id, id, created_at)
) partition by range (created_at);
create index on platform_message (tenant_id, user_id, happened_at desc, id desc);
create index on platform_message (tenant_id, user_id, type, object_id) where read_at is null;
comment on table platform_message is 'One row per user; while it is unread, later messages of the same type on the same object are merged into it.';
select kernel_ensure_months('platform_message', least(date '2026-07-01', (now() - interval '4 months')::date), (now() + interval '4 months')::date);

create table platform_sms (
  tenant_id uuid not null,
  id uuid not null,
  phone_enc text not null,
  phone_mask text not null,
  template text not null,
  text_enc text not null,
  secret boolean not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  attempts int not null default 0,
  result text,
  object_type text,
  object_id text,
  created_at timestamptz not null,
  next_at timestamptz,
  sent_at timestamptz,
  primary key (tenant_id, id)
);
create index on platform_sms (tenant_id, created_at desc, id desc);
create index on platform_sms (tenant_id, state, created_at desc, id desc);
create index on platform_sms (tenant_id, object_id) where object_id is not null;
comment on table platform_sms is 'Outbox of text messages; number and text encrypted, since texts carry codes and names.';
