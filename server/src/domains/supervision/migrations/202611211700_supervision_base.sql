-- Supervision: cards on clocks, reminders, urging, supervision tasks, and what it reads of orders.
-- Cards and reminders have no foreign key to their order: the sweep holds clocks while it writes them, and the key's lock on an
-- order that an act holds at that moment would be a deadlock. Orders are never deleted.

create table supervision_card (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid,
  clock_id uuid not null,
  clock_kind text not null,
  unit_id uuid,
  unit_name text,
  colour text not null check (colour in ('yellow', 'red')),
  -- superseded: by the red card of the same clock; cleared: the deadline moved; void: taken back by a person
  state text not null check (state in ('open', 'superseded', 'cleared', 'void')),
  -- Deadline of the clock when the card was issued.
  due_at timestamptz not null,
  issued_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text,
  -- Whether the rule for supervision tasks has looked at a red card.
  tasked boolean not null default false,
  primary key (tenant_id, id)
);
-- Exactly once per clock, colour and deadline, and never two at once, whoever sweeps and however often.
create unique index supervision_card_once on supervision_card (tenant_id, clock_id, colour, due_at);
create unique index supervision_card_open on supervision_card (tenant_id, clock_id, colour) where state = 'open';
create index on supervision_card (tenant_id, order_id, issued_at);
create index on supervision_card (tenant_id, issued_at desc, id desc);
create index on supervision_card (tenant_id, unit_id, issued_at desc, id desc);
create index on supervision_card (tenant_id, due_at) where colour = 'red' and not tasked;

create table supervision_card_recipient (
  tenant_id uuid not null,
  card_id uuid not null,
  user_id uuid not null,
  name text not null,
  primary key (tenant_id, card_id, user_id),
  foreign key (tenant_id, card_id) references supervision_card
);

create table supervision_reminder (
  tenant_id uuid not null,
  clock_id uuid not null,
  due_at timestamptz not null,
  days int not null,
  order_id uuid not null,
  unit_id uuid,
  clock_kind text not null,
  at timestamptz not null,
  -- False for a step that had passed before it could be sent: only the nearest one is told.
  sent boolean not null,
  recipients int not null default 0,
  primary key (tenant_id, clock_id, due_at, days)
);
create index on supervision_reminder (tenant_id, order_id);

create table supervision_urge (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  number int not null,
  source text not null check (source in ('staff', 'requester', 'upper')),
  content text not null,
  -- Units that owe an answer; empty where the centre itself has the order.
  unit_ids uuid[] not null,
  unit_names text not null,
  created_by uuid,
  created_by_name text not null,
  created_unit_name text,
  created_at timestamptz not null,
  answer text,
  answered_by_name text,
  answered_unit_id uuid,
  answered_unit_name text,
  answered_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index on supervision_urge (tenant_id, order_id, number);
create index on supervision_urge (tenant_id, created_at desc, id desc);
create index on supervision_urge (tenant_id, created_at desc, id desc) where answered_at is null;
create index on supervision_urge using gin (unit_ids);

create table supervision_upper_notice (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  upper_number text not null,
  content text not null,
  received_at timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on supervision_upper_notice (tenant_id, order_id);
create unique index on supervision_upper_notice (tenant_id, order_id, upper_number);
create index on supervision_upper_notice (tenant_id, received_at desc, id desc);
comment on table supervision_upper_notice is 'append-only: 重复催办告知单 of an upper platform, apart from own urges';

create table supervision_task (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  rule text not null,
  level text not null,
  source text not null check (source in ('auto', 'manual', 'instruction')),
  card_id uuid,
  unit_id uuid,
  unit_name text not null,
  demand text not null,
  state text not null check (state in ('open', 'replied', 'closed')),
  round int not null default 1,
  opened_at timestamptz not null,
  reply_due_at timestamptz not null,
  first_reply_at timestamptz,
  replied_at timestamptz,
  late boolean not null default false,
  closed_at timestamptz,
  closed_by_name text,
  close_kind text check (close_kind in ('accepted', 'orderClosed')),
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, card_id) references supervision_card
);
create unique index supervision_task_open on supervision_task (tenant_id, order_id, rule, level) where state <> 'closed';
create index on supervision_task (tenant_id, order_id);
create index on supervision_task (tenant_id, card_id) where card_id is not null;
create index on supervision_task (tenant_id, opened_at desc, id desc);
create index on supervision_task (tenant_id, state, opened_at desc, id desc);
create index on supervision_task (tenant_id, unit_id, opened_at desc, id desc);

create table supervision_step (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  node text not null check (node in ('opened', 'replied', 'returned', 'closed')),
  actor_id uuid,
  actor_name text not null,
  unit_name text,
  at timestamptz not null,
  content text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references supervision_task
);
create index on supervision_step (tenant_id, task_id, at);
comment on table supervision_step is 'append-only: every step of a supervision task';

-- Reading of orders by supervision: clocks, who holds an order since when, acts after a card, counters. No content, no telephone.
create view supervision_clock_view as
  select tenant_id, id, order_id, assignment_id, unit_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state, paused_at, met_at from order_clock;
create view supervision_assignment_view as
  select tenant_id, id, order_id, parent_id, unit_id, unit_name, role, state, round, handler_id, dispatched_at, signed_at, due_at from order_assignment;
create view supervision_act_view as
  select tenant_id, order_id, at, id, assignment_id, act, actor_id, actor_name, unit_name from order_timeline;
create view supervision_order_view as
  select tenant_id, id, urge_count, supplement_count, return_count, next_due_at, next_clock, stage_since_at, dispatched_at from order_order;
-- Whether a card was read: no unread message of it is left.
create view supervision_message_view as
  select tenant_id, user_id, type, object_id, read_at from platform_message where type in ('supervision.yellow', 'supervision.red');
