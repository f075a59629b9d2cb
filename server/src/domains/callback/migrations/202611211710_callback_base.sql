-- Callback: tasks, attempts that failed, answers; the unit's own statement beside them.

create table callback_task (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  round int not null,
  -- Why it is owed: wanted, urgent, enterprise, dissatisfiedBefore.
  cause text not null,
  manner text not null check (manner in ('person', 'robot', 'sms', 'online')),
  -- What the requester wished, kept where the manner had to fall back.
  wish text not null,
  state text not null check (state in ('due', 'claimed', 'waiting', 'done', 'givenUp', 'cancelled')),
  assignee_id uuid,
  assignee_name text,
  -- True where a shift leader named the agent: the name stays when the lock ends.
  assigned boolean not null default false,
  claimed_until_at timestamptz,
  attempts int not null default 0,
  -- When it may be called: at once, or after the interval of a failed attempt.
  due_at timestamptz not null,
  unit_id uuid,
  unit_name text,
  created_at timestamptz not null,
  finished_at timestamptz,
  finished_by_name text,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index callback_task_once on callback_task (tenant_id, order_id, round);
create index on callback_task (tenant_id, due_at, id) where state in ('due', 'claimed', 'waiting');
create index on callback_task (tenant_id, state, due_at, id);
create index on callback_task (tenant_id, created_at desc, id desc);
create index on callback_task (tenant_id, finished_at desc, id desc) where finished_at is not null;
create index on callback_task (tenant_id, claimed_until_at) where state = 'claimed';

create table callback_attempt (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  order_id uuid not null,
  number int not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('person', 'robot', 'sms', 'online')),
  actor_id uuid,
  actor_name text not null,
  result text not null check (result in ('noAnswer', 'busy', 'refused', 'wrongNumber', 'powerOff')),
  note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references callback_task
);
create unique index on callback_attempt (tenant_id, task_id, number);
create index on callback_attempt (tenant_id, order_id);
comment on table callback_attempt is 'append-only: every call that reached nobody';

create table callback_result (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  order_id uuid not null,
  round int not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('person', 'robot', 'sms', 'online')),
  actor_id uuid,
  actor_name text not null,
  way text not null check (way in ('call', 'otherWay')),
  way_note text,
  contacted text not null check (contacted in ('yes', 'no', 'notStated')),
  solved text not null check (solved in ('yes', 'no', 'notStated')),
  satisfied text not null check (satisfied in ('yes', 'no', 'notStated')),
  grade text,
  reasons text[] not null default '{}',
  opinion text,
  suggestion text,
  attributable boolean not null default true,
  not_attributable_reason text,
  outcome text not null check (outcome in ('satisfied', 'notStated', 'dissatisfied', 'notAttributable')),
  consequence text not null,
  unit_id uuid,
  unit_name text,
  unit_contacted text,
  unit_solved text,
  unit_satisfied text,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references callback_task
);
create unique index on callback_result (tenant_id, task_id);
create index on callback_result (tenant_id, order_id);
create index on callback_result (tenant_id, at desc, id desc);
create index on callback_result (tenant_id, unit_id, at desc, id desc);
comment on table callback_result is 'append-only: what requesters said, never changed by anybody';

-- What the units themselves stated with their results.
create view callback_statement_view as
  select f.tenant_id, f.id, f.order_id, f.assignment_id, a.round, a.role, f.unit_id, f.unit_name, f.version, f.contacted, f.solved, f.satisfied, f.state, f.submitted_at
  from order_feedback f join order_assignment a on a.tenant_id = f.tenant_id and a.id = f.assignment_id
  where f.kind = 'result' and a.parent_id is null;
