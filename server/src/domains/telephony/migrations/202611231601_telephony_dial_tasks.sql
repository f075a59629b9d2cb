-- Calls that are to be made: one per person to reach, from orders, imports and other domains (TEL-46).
create table telephony_dial_task (
  tenant_id uuid not null,
  id uuid not null,
  business text not null check (business in ('callback', 'notice', 'survey', 'contact')),
  -- Who placed it, as that domain names it; its own end is told to it by event.
  origin text not null,
  origin_id text not null,
  order_id uuid,
  title text not null,
  person_name text,
  phone_enc text not null,
  phone_hash text not null,
  phone_mask text not null,
  priority int not null default 5 check (priority between 1 and 9),
  due_at timestamptz not null,
  state text not null check (state in ('waiting', 'claimed', 'dialling', 'reached', 'notReached', 'skipped', 'cancelled')),
  -- Why it was skipped, or ended otherwise than by its attempts.
  reason text,
  agent_id uuid,
  agent_name text,
  claimed_until_at timestamptz,
  attempts int not null default 0,
  created_at timestamptz not null,
  created_by_name text not null,
  finished_at timestamptz,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index telephony_dial_task_once on telephony_dial_task (tenant_id, origin, origin_id, phone_hash) where state in ('waiting', 'claimed', 'dialling');
create index on telephony_dial_task (tenant_id, priority, due_at, id) where state = 'waiting';
create index on telephony_dial_task (tenant_id, state, created_at desc, id desc);
create index on telephony_dial_task (tenant_id, created_at desc, id desc);
create index on telephony_dial_task (tenant_id, agent_id, state);
create index on telephony_dial_task (tenant_id, order_id);

create table telephony_dial_attempt (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  call_id uuid not null,
  at timestamptz not null,
  agent_id uuid not null,
  agent_name text not null,
  result text check (result in ('connected', 'notConnected', 'busy')),
  -- noAnswer, refused, wrongNumber, line.
  reason text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references telephony_dial_task
);
create unique index on telephony_dial_attempt (tenant_id, call_id);
create index on telephony_dial_attempt (tenant_id, task_id, at);
create index on telephony_dial_attempt (tenant_id, at);
