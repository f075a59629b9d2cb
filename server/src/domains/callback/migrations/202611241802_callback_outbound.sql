-- Outbound callbacks: plans, strategies, numbers that are never dialled, whom was spoken with, and the robot's tasks.

create table callback_strategy (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  for_kind text not null check (for_kind in ('any', 'person', 'enterprise')),
  -- 1 Monday … 7 Sunday
  weekdays int[] not null,
  windows jsonb not null,
  contacts int not null check (contacts between 1 and 10),
  contact_days int not null check (contact_days between 1 and 90),
  by_name text not null,
  changed_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create unique index on callback_strategy (tenant_id, name);

create table callback_do_not_call (
  tenant_id uuid not null,
  id uuid not null,
  phone_hash text not null,
  phone_mask text not null,
  reason text not null,
  until_at timestamptz,
  by_name text not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  removed_by_name text,
  primary key (tenant_id, id)
);
create unique index on callback_do_not_call (tenant_id, phone_hash) where removed_at is null;
create index on callback_do_not_call (tenant_id, created_at desc, id desc);

create table callback_plan (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  aim text not null,
  kind text not null check (kind in ('once', 'long')),
  manner text not null check (manner in ('person', 'robot', 'sms')),
  scope jsonb not null,
  ratio int not null check (ratio between 1 and 100),
  seed text not null,
  strategy_id uuid,
  agent_ids uuid[] not null default '{}',
  script text[] not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz,
  state text not null check (state in ('draft', 'running', 'paused', 'ended')),
  filled_at timestamptz,
  by_name text not null,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, strategy_id) references callback_strategy
);
create index on callback_plan (tenant_id, strategy_id);
create index on callback_plan (tenant_id, created_at desc, id desc);
create index on callback_plan (tenant_id, state);

create table callback_contact (
  tenant_id uuid not null,
  id uuid not null,
  phone_hash text not null,
  at timestamptz not null,
  task_id uuid not null,
  by_kind text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references callback_task
);
create index on callback_contact (tenant_id, task_id);
create index on callback_contact (tenant_id, phone_hash, at desc);
comment on table callback_contact is 'append-only: who was spoken with about a callback; limits of contacts count it';

alter table callback_task
  add column phone_hash text,
  add column plan_id uuid,
  add column dial_task_id uuid;
update callback_task t set phone_hash = o.contact_phone_hash from order_order o where o.tenant_id = t.tenant_id and o.id = t.order_id;
create index on callback_task (tenant_id, phone_hash) where state in ('due', 'claimed', 'waiting');
create index on callback_task (tenant_id, plan_id, state) where plan_id is not null;
create index on callback_task (tenant_id, due_at, id) where manner = 'robot' and state = 'waiting';
comment on column callback_task.dial_task_id is 'The robot''s dial task at the telephone; null: not yet placed, or a person calls.';
alter table callback_result add column call_id uuid;

-- What a plan chooses from: orders whose requester can be called.
create view callback_order_view as
  select tenant_id, id, number, title, state, appeal_type, urgency, channel, area_code, lead_unit_id, lead_unit_name, round, subject_kind, flags, registered_at, closed_at, contact_phone_hash, callback_manner
  from order_order where contact_phone_hash is not null and not confidential and source not in ('upper', 'lower', 'other') and import_source is null;
-- Calls of orders, with what is left of them.
create view callback_call_view as
  select l.tenant_id, l.order_id, l.call_id, l.call_at, l.user_id, l.user_name, c.id is not null as told, c.answered_at, c.ended_at, c.talk_ms, c.phone_mask,
    (select count(*) from telephony_recording r where r.tenant_id = l.tenant_id and r.call_id = l.call_id and r.state in ('spooled', 'stored')) as recordings
  from telephony_order_call l left join telephony_call c on c.tenant_id = l.tenant_id and c.id = l.call_id where l.kind = 'dialled';
create view callback_dial_view as
  select tenant_id, id, origin_id, state, reason, attempts, due_at, finished_at from telephony_dial_task where origin = 'callback';
create view callback_mask_view as select tenant_id, id, contact_phone_mask from order_order;
