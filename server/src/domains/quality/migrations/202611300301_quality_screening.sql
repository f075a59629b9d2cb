-- Screening of handled cases (QUA-22) and warnings of sub-standard handling (QUA-23).

create table quality_screening_part (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('indicator', 'screening', 'scoring')),
  name text not null,
  -- removed: a shipped one stays away too.
  state text not null check (state in ('active', 'stopped', 'removed')),
  definition jsonb not null,
  version int not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id)
);
comment on table quality_screening_part is 'Indicators, screening models and scoring models of a centre; what ships lies in the program and gives way to a row with its id';

create table quality_case_score (
  tenant_id uuid not null,
  id uuid not null,
  -- A screening model; shipped ones have no row.
  model_id uuid not null,
  model_name text not null,
  order_id uuid not null,
  closed_at timestamptz not null,
  unit_id uuid,
  points int not null,
  -- What was found: [{id, name, weight, detail}].
  hits jsonb not null,
  pool text check (pool in ('classic', 'inspection')),
  state text not null check (state in ('waiting', 'picked', 'left')),
  at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text,
  note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index quality_case_score_once on quality_case_score (tenant_id, model_id, order_id);
create index on quality_case_score (tenant_id, order_id);
create index on quality_case_score (tenant_id, closed_at desc, id desc);
create index on quality_case_score (tenant_id, pool, state, closed_at desc, id desc) where pool is not null;
create index on quality_case_score (tenant_id, points);

create table quality_screening_run (
  tenant_id uuid not null,
  model_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  examined int not null default 0,
  by_name text not null,
  primary key (tenant_id, model_id)
);

create table quality_warning (
  tenant_id uuid not null,
  id uuid not null,
  origin text not null check (origin in ('job', 'person')),
  order_id uuid not null,
  indicator text not null,
  content text not null default '',
  points int,
  standard int,
  unit_id uuid,
  unit_name text,
  person_id uuid,
  person_name text,
  state text not null check (state in ('open', 'closed')),
  raised_at timestamptz not null,
  raised_by_name text not null,
  closed_at timestamptz,
  closed_by_name text,
  remark text,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
-- However often the job runs, and whatever the standard becomes, an item is warned of once.
create unique index quality_warning_once on quality_warning (tenant_id, order_id) where origin = 'job';
create index on quality_warning (tenant_id, order_id);
create index on quality_warning (tenant_id, state, raised_at desc, id desc);
create index on quality_warning (tenant_id, raised_at desc, id desc);

create table quality_warning_push (
  tenant_id uuid not null,
  id uuid not null,
  warning_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  person_id uuid not null,
  person_name text not null,
  -- Null where nothing could be sent; `problem` says why.
  sms_id uuid,
  problem text,
  primary key (tenant_id, id),
  foreign key (tenant_id, warning_id) references quality_warning
);
create index on quality_warning_push (tenant_id, warning_id, at);
comment on table quality_warning_push is 'append-only: who was told of a warning, and what became of the SMS';

create view quality_sms_view as select tenant_id, id, state, result as problem from platform_sms;
