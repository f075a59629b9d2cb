-- Quality inspection: score sheets and rules as versions, plans and their draws, tasks, scores with every deduction, and what changed them.

create table quality_sheet_version (
  tenant_id uuid not null,
  sheet_id uuid not null,
  number int not null,
  name text not null,
  object_kind text not null check (object_kind in ('call', 'chat', 'order')),
  state text not null check (state in ('active', 'stopped')),
  definition jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, sheet_id, number)
);
comment on table quality_sheet_version is 'append-only: what was scored by a version stays scored by it';

create table quality_rule_version (
  tenant_id uuid not null,
  rule_id uuid not null,
  number int not null,
  name text not null,
  group_name text not null,
  object_kind text not null check (object_kind in ('call', 'chat', 'order')),
  enabled boolean not null,
  definition jsonb not null,
  effective_from_at timestamptz not null,
  at timestamptz not null,
  by_name text not null,
  reason text not null default '',
  primary key (tenant_id, rule_id, number)
);
comment on table quality_rule_version is 'append-only: a deduction names the version it was made by';

create table quality_plan (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  object_kind text not null check (object_kind in ('call', 'chat', 'order')),
  mode text not null check (mode in ('parallel', 'machineFirst', 'personOnly', 'machineOnly')),
  filter jsonb not null,
  draw jsonb not null,
  sheet_id uuid not null,
  rule_groups text[] not null default '{}',
  -- Share of passed objects that a person looks at, machine first.
  verify_ratio int not null,
  assign text not null check (assign in ('dispatch', 'grab')),
  inspector_ids uuid[] not null default '{}',
  due_days int not null,
  cycle text not null check (cycle in ('once', 'day', 'week')),
  state text not null check (state in ('active', 'paused', 'ended')),
  next_run_at timestamptz,
  created_at timestamptz not null,
  by_name text not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on quality_plan (tenant_id, created_at desc, id desc);
create index on quality_plan (tenant_id, next_run_at) where state = 'active' and next_run_at is not null;

create table quality_batch (
  tenant_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  seed text not null,
  hits int not null,
  drawn int not null,
  state text not null check (state in ('running', 'done', 'failed')),
  primary key (tenant_id, id),
  foreign key (tenant_id, plan_id) references quality_plan
);
create index on quality_batch (tenant_id, plan_id, at desc);

create table quality_task (
  tenant_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  batch_id uuid not null,
  mode text not null,
  object_kind text not null check (object_kind in ('call', 'chat', 'order')),
  object_id uuid not null,
  object_at timestamptz not null,
  object_label text not null,
  order_id uuid,
  appeal_type text,
  duration_ms int,
  -- Who is inspected.
  agent_id uuid,
  agent_name text,
  team_name text,
  unit_id uuid,
  unit_name text,
  sheet_id uuid not null,
  sheet_version int not null,
  state text not null check (state in ('machine', 'pending', 'first', 'second', 'final', 'concluded', 'unchecked', 'withdrawn')),
  inspector_id uuid,
  inspector_name text,
  due_at timestamptz,
  reason text check (reason in ('mode', 'sampled', 'failed', 'highRisk', 'unchecked')),
  high_risk boolean not null default false,
  machine_points int,
  human_points int,
  points int,
  grade text,
  passed boolean,
  violation boolean not null default false,
  abnormal boolean not null default false,
  unchecked_reason text,
  created_at timestamptz not null,
  concluded_at timestamptz,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, batch_id) references quality_batch
);
create unique index quality_task_once on quality_task (tenant_id, plan_id, object_id);
create index on quality_task (tenant_id, batch_id, state);
create index on quality_task (tenant_id, object_id);
create index on quality_task (tenant_id, state, due_at, id);
create index on quality_task (tenant_id, inspector_id, state, due_at, id) where inspector_id is not null;
create index on quality_task (tenant_id, concluded_at desc, id desc) where concluded_at is not null;
create index on quality_task (tenant_id, agent_id, concluded_at desc, id desc) where agent_id is not null;
create index on quality_task (tenant_id, created_at desc, id desc);

-- One sheet filled in: by the machine, by each person in turn, by an appeal, by a correction.
create table quality_score (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  stage text not null check (stage in ('machine', 'first', 'second', 'final', 'appeal', 'correction')),
  state text not null check (state in ('draft', 'done')),
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  points int not null,
  scored text[] not null default '{}',
  fatal text[] not null default '{}',
  -- What the person made of each proposal of the machine: {deduction: {choice, reason}}.
  choices jsonb not null default '{}',
  comment text,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references quality_task on delete cascade
);
create index on quality_score (tenant_id, task_id, at);

create table quality_deduction (
  tenant_id uuid not null,
  id uuid not null,
  score_id uuid not null,
  item_code text not null,
  points int not null,
  origin text not null check (origin in ('machine', 'person')),
  rule_id uuid,
  rule_version int,
  rule_name text,
  severity text,
  sentence_id text,
  speaker text,
  at_ms int,
  field text,
  quote text,
  note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, score_id) references quality_score on delete cascade
);
create index on quality_deduction (tenant_id, score_id);
create index on quality_deduction (tenant_id, rule_id) where rule_id is not null;

create table quality_change (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  what text not null,
  old_points int,
  new_points int,
  reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references quality_task
);
create index on quality_change (tenant_id, task_id, at);
comment on table quality_change is 'append-only: every score that was ever valid';

-- What is inspected, as it stands with those who made it.
create view quality_sentence_view as
  select tenant_id, id, call_id, recording_id, speaker, start_ms, end_ms, text from telephony_utterance;
create view quality_recording_view as
  select tenant_id, id, call_id, segment, state, ms, offset_ms, created_at from telephony_recording where kind = 'call';
create view quality_call_view as
  select c.tenant_id, c.id, c.started_at, c.direction, c.queue_name, c.agent_id, c.agent_name, c.answered_at, c.ended_at, c.talk_ms, c.rating, c.phone_mask, c.area, c.class,
    coalesce(c.order_id, (select l.order_id from telephony_order_call l where l.tenant_id = c.tenant_id and l.call_id = c.id order by l.order_id limit 1)) as order_id
  from telephony_call c where c.answered_at is not null and c.ended_at is not null and c.agent_id is not null;
create view quality_chat_view as
  select tenant_id, id, topic, agent_id, agent_name, queued_at, accepted_at, closed_at, stars,
    (select o.order_id from intake_chat_order o where o.tenant_id = s.tenant_id and o.session_id = s.id order by o.order_id limit 1) as order_id
  from intake_chat_session s where state = 'closed' and agent_id is not null;
create view quality_chat_message_view as
  select tenant_id, session_id, seq, author, author_id, text, created_at from intake_chat_message where hidden_at is null;
create view quality_order_view as
  select tenant_id, id, number, title, content, summary, state, close_kind, channel, appeal_type, urgency, matter_id, category_id, area_code, address, requester_name, anonymous, contact_phone_mask, form_data is not null as has_form,
    registered_by, registered_by_name, registered_at, closed_at, lead_unit_id, lead_unit_name, reply, reply_basis, return_count, round, confidential, flags,
    length(contact_phone_mask) as phone_length
  from order_order where import_source is null;
create view quality_team_view as
  select m.tenant_id, m.user_id, min(g.name) as team_name from platform_group_member m join platform_group g on g.tenant_id = m.tenant_id and g.id = m.group_id and g.kind = 'team' and g.state = 'active' group by m.tenant_id, m.user_id;
