-- Supervision complete: rules as data with tests, alerts and findings, tasks by level, appeals, instructions, focus lists, inspection cases.

-- Clocks, assignments, acts and counters are read through what orders publish.
drop view supervision_clock_view;
drop view supervision_assignment_view;
drop view supervision_act_view;
drop view supervision_order_view;

create table supervision_rule (
  tenant_id uuid not null,
  id uuid not null,
  -- Of a rule that ships with the product.
  key text,
  effect text not null check (effect in ('task', 'alert', 'finding', 'list')),
  name text not null,
  template boolean not null default false,
  state text not null check (state in ('draft', 'effective', 'stopped')),
  effective_number int,
  version int not null default 1,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index on supervision_rule (tenant_id, key) where key is not null;
create index on supervision_rule (tenant_id, effect, state);

create table supervision_rule_version (
  tenant_id uuid not null,
  rule_id uuid not null,
  number int not null,
  definition jsonb not null,
  -- draft: not tested; passed, failed: by its latest tests; retired: followed by a later version
  state text not null check (state in ('draft', 'passed', 'failed', 'effective', 'retired')),
  created_by_name text not null,
  created_at timestamptz not null,
  effective_at timestamptz,
  retired_at timestamptz,
  primary key (tenant_id, rule_id, number),
  foreign key (tenant_id, rule_id) references supervision_rule on delete cascade
);

create table supervision_rule_test (
  tenant_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  number int not null,
  kind text not null check (kind in ('simulated', 'past')),
  inputs jsonb not null,
  outcome jsonb not null,
  passed boolean not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index on supervision_rule_test (tenant_id, rule_id, at desc);
comment on table supervision_rule_test is 'append-only: every test of a rule with inputs and outcome';

create table supervision_hit (
  tenant_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  rule_number int not null,
  effect text not null check (effect in ('alert', 'finding')),
  kind text,
  order_id uuid not null,
  unit_id uuid,
  unit_name text,
  -- open: nobody has answered; answered: with a measure or cause; ended: the order no longer meets the rule
  state text not null check (state in ('open', 'answered', 'closed')),
  found_at timestamptz not null,
  told_at timestamptz,
  told_count int not null default 0,
  acknowledged_at timestamptz,
  acknowledged_by_name text,
  measure text,
  result text,
  answered_at timestamptz,
  answered_by_name text,
  ended_at timestamptz,
  ended_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, rule_id) references supervision_rule
);
create unique index supervision_hit_once on supervision_hit (tenant_id, rule_id, order_id) where ended_at is null;
create index on supervision_hit (tenant_id, order_id);
create index on supervision_hit (tenant_id, effect, found_at desc, id desc);
create index on supervision_hit (tenant_id, unit_id, found_at desc, id desc);

create table supervision_hit_recipient (
  tenant_id uuid not null,
  hit_id uuid not null,
  user_id uuid not null,
  name text not null,
  at timestamptz not null,
  primary key (tenant_id, hit_id, user_id),
  foreign key (tenant_id, hit_id) references supervision_hit
);

alter table supervision_task drop constraint supervision_task_close_kind_check;
alter table supervision_task add constraint supervision_task_close_kind_check check (close_kind in ('accepted', 'orderClosed', 'void'));
alter table supervision_task
  add column rule_id uuid,
  add column rule_number int,
  add column order_round int not null default 1,
  add column description text,
  add column violation text,
  add column opinion text,
  add column instruction_id uuid,
  add column supervisor_id uuid,
  add column supervisor_name text,
  add column assigned_by text not null default 'pool' check (assigned_by in ('auto', 'manual', 'pool')),
  add column created_by uuid,
  add column created_by_name text not null default '系统',
  add column acknowledged_at timestamptz,
  add column raised_at timestamptz,
  add column raised_count int not null default 0,
  add column evaluation text check (evaluation in ('good', 'fair', 'poor'));
drop index supervision_task_open;
create unique index supervision_task_open on supervision_task (tenant_id, order_id, rule, level) where state <> 'closed' and source = 'auto';
create index on supervision_task (tenant_id, rule_id, order_id) where rule_id is not null;
create index on supervision_task (tenant_id, reply_due_at) where state = 'open';
create index on supervision_task (tenant_id, supervisor_id, state) where supervisor_id is not null;

-- All orders of a task; the leading one stands in the task itself.
create table supervision_task_order (
  tenant_id uuid not null,
  task_id uuid not null,
  order_id uuid not null,
  primary key (tenant_id, task_id, order_id),
  foreign key (tenant_id, task_id) references supervision_task,
  foreign key (tenant_id, order_id) references order_order
);
create index on supervision_task_order (tenant_id, order_id);
insert into supervision_task_order (tenant_id, task_id, order_id) select tenant_id, id, order_id from supervision_task;

alter table supervision_step drop constraint supervision_step_node_check;
alter table supervision_step add constraint supervision_step_node_check
  check (node in ('opened', 'acknowledged', 'progress', 'replied', 'returned', 'closed', 'raised', 'transferred', 'reminded', 'appealed', 'ruled', 'evaluated'));

-- Who supervises what: the most specific row that fits an order and level.
create table supervision_duty (
  tenant_id uuid not null,
  id uuid not null,
  level int not null check (level between 1 and 5),
  area_code text,
  appeal_types text[] not null default '{}',
  user_id uuid not null,
  user_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on supervision_duty (tenant_id, level);

create table supervision_appeal (
  tenant_id uuid not null,
  id uuid not null,
  object_kind text not null check (object_kind in ('card', 'task')),
  object_id uuid not null,
  order_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  ground text not null check (ground in ('concluded', 'notDue')),
  content text not null,
  state text not null check (state in ('pending', 'upheld', 'refused')),
  flow_instance_id uuid,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  opinion text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index supervision_appeal_once on supervision_appeal (tenant_id, object_kind, object_id);
create index on supervision_appeal (tenant_id, order_id);
create index on supervision_appeal (tenant_id, created_at desc, id desc);

create table supervision_instruction (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  state text not null check (state in ('requested', 'issued', 'reported', 'closed')),
  urgency text not null check (urgency in ('normal', 'urgent', 'major')),
  request text,
  requested_by uuid,
  requested_by_name text,
  requested_at timestamptz,
  leader_id uuid,
  leader_name text,
  text text,
  issued_at timestamptz,
  report_due_at timestamptz,
  closed_at timestamptz,
  closed_by_name text,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on supervision_instruction (tenant_id, order_id);
create index on supervision_instruction (tenant_id, created_at desc, id desc);
create index on supervision_instruction (tenant_id, leader_id, state) where leader_id is not null;

create table supervision_instruction_unit (
  tenant_id uuid not null,
  instruction_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  report text,
  reported_by_name text,
  reported_at timestamptz,
  primary key (tenant_id, instruction_id, unit_id),
  foreign key (tenant_id, instruction_id) references supervision_instruction
);

create table supervision_focus (
  tenant_id uuid not null,
  user_id uuid not null,
  order_id uuid not null,
  user_name text not null,
  -- leader: units see that a leader follows their order
  kind text not null check (kind in ('leader', 'own')),
  note text,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, order_id),
  foreign key (tenant_id, order_id) references order_order
);
create index on supervision_focus (tenant_id, order_id);

-- 待督查案源: orders picked for inspection, and what became of them.
create table supervision_source (
  tenant_id uuid not null,
  order_id uuid not null,
  reason text not null,
  picked_by_name text not null,
  picked_at timestamptz not null,
  case_id uuid,
  primary key (tenant_id, order_id),
  foreign key (tenant_id, order_id) references order_order
);
create index on supervision_source (tenant_id, picked_at desc, order_id desc);

create table supervision_case (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  demand text not null,
  unit_id uuid not null,
  unit_name text not null,
  -- pending: at the approving leader; returned: to the inspector for revision; handling: at the unit; reported: the unit has reported; closed
  state text not null check (state in ('pending', 'returned', 'handling', 'reported', 'closed')),
  due_at timestamptz not null,
  flow_instance_id uuid,
  round int not null default 1,
  material_owed boolean not null default false,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  approved_at timestamptz,
  reported_at timestamptz,
  late boolean not null default false,
  closed_at timestamptz,
  closed_by_name text,
  solved boolean,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on supervision_case (tenant_id, created_at desc, id desc);
create index on supervision_case (tenant_id, unit_id, created_at desc, id desc);
create index on supervision_case (tenant_id, state);

create table supervision_case_order (
  tenant_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  primary key (tenant_id, case_id, order_id),
  foreign key (tenant_id, case_id) references supervision_case,
  foreign key (tenant_id, order_id) references order_order
);
create index on supervision_case_order (tenant_id, order_id);

create table supervision_case_step (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  node text not null check (node in ('created', 'revised', 'approved', 'sentBack', 'supervised', 'material', 'reported', 'returned', 'opinion', 'judged', 'closed')),
  actor_id uuid,
  actor_name text not null,
  unit_name text,
  at timestamptz not null,
  content text not null,
  -- Of an opinion: the leader of the unit it is addressed to.
  recipient_id uuid,
  recipient_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references supervision_case
);
create index on supervision_case_step (tenant_id, case_id, at);
comment on table supervision_case_step is 'append-only: every step of an inspection case';

-- Whether a reply carries files (SUP-27).
create view supervision_file_view as
  select tenant_id, object_type, object_id, count(*)::int as files from kernel_file where object_type = 'feedback' and object_id is not null and deleted_at is null group by tenant_id, object_type, object_id;
