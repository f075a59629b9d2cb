-- Inspection appeals on a chain of the flow engine, each step with its score.
create table quality_appeal (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  state text not null check (state in ('running', 'approved', 'kept', 'returned', 'withdrawn')),
  preset text not null,
  instance_id uuid,
  reason text not null,
  -- Sentences the appellant points at: [{sentenceId, atMs, text}].
  excerpt jsonb not null default '[]',
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  old_points int not null,
  new_points int,
  decided_at timestamptz,
  outcome text,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references quality_task
);
create index on quality_appeal (tenant_id, task_id);
create index on quality_appeal (tenant_id, at desc, id desc);
create unique index quality_appeal_open on quality_appeal (tenant_id, task_id) where state = 'running';

create table quality_appeal_step (
  tenant_id uuid not null,
  id uuid not null,
  appeal_id uuid not null,
  node text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  outcome text not null,
  opinion text not null,
  points int,
  -- The sheet as the step filled it in; null where the step only says yes or no.
  sheet jsonb,
  primary key (tenant_id, id),
  foreign key (tenant_id, appeal_id) references quality_appeal
);
create index on quality_appeal_step (tenant_id, appeal_id, at);
comment on table quality_appeal_step is 'append-only: who said what to an appeal, and the score he gave';

-- Recordings worth hearing, and those that warn.
create table quality_case (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  kind text not null check (kind in ('classic', 'warning')),
  state text not null check (state in ('proposed', 'published', 'declined')),
  title text not null,
  tags text[] not null default '{}',
  note text not null default '',
  proposed_by text not null,
  at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  views int not null default 0,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references quality_task
);
create unique index quality_case_once on quality_case (tenant_id, task_id, kind);
create index on quality_case (tenant_id, state, at desc, id desc);

-- What was told while a call was running.
create table quality_alert (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  at timestamptz not null,
  grade text not null check (grade in ('light', 'serious')),
  rule_id uuid not null,
  rule_name text not null,
  sentence_id uuid not null,
  speaker text not null,
  at_ms int not null,
  text text not null,
  note text not null,
  agent_id uuid,
  agent_name text,
  state text not null check (state in ('open', 'handled')),
  handled_by text,
  handled_at timestamptz,
  handling text,
  primary key (tenant_id, id)
);
create unique index quality_alert_once on quality_alert (tenant_id, call_id, rule_id, sentence_id);
create index on quality_alert (tenant_id, at desc, id desc);
create index on quality_alert (tenant_id, state, at desc) where state = 'open';
