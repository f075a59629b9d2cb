-- Assessment: who is assessed, by which rules, over which period; the rows a period froze, and what was computed from them.

create table assessment_level (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null,
  goal text not null default '',
  scope text not null default '',
  standard text not null default '',
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table assessment_object (
  tenant_id uuid not null,
  id uuid not null,
  level_id uuid not null,
  kind text not null check (kind in ('unit', 'area', 'person', 'group', 'external')),
  -- The unit or the person; null for the others.
  ref_id uuid,
  area_code text,
  -- Units of a group.
  members uuid[] not null default '{}',
  name text not null,
  -- Ranked apart within its peers, besides the whole level.
  peer text not null default '',
  from_day date not null,
  to_day date,
  goal_rank int check (goal_rank > 0),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, level_id) references assessment_level (tenant_id, id)
);
create index on assessment_object (tenant_id, level_id, from_day);
create index on assessment_object (tenant_id, ref_id);

create table assessment_model (
  tenant_id uuid not null,
  id uuid not null,
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null,
  level_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, level_id) references assessment_level (tenant_id, id)
);
create index on assessment_model (tenant_id, level_id);

-- A version holds for periods that begin on its first day or later.
create table assessment_model_version (
  tenant_id uuid not null,
  model_id uuid not null,
  version int not null check (version > 0),
  from_day date not null,
  definition jsonb not null,
  reason text not null default '',
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, model_id, version),
  unique (tenant_id, model_id, from_day),
  foreign key (tenant_id, model_id) references assessment_model (tenant_id, id)
);
comment on table assessment_model_version is 'append-only: old periods are scored by old versions';

create table assessment_period (
  tenant_id uuid not null,
  id uuid not null,
  model_id uuid not null,
  kind text not null check (kind in ('day', 'week', 'month', 'quarter', 'year')),
  name text not null,
  from_day date not null,
  to_day date not null,
  state text not null check (state in ('open', 'calculating', 'inReview', 'published', 'frozen')),
  -- The run that stands published; the run under review.
  published_run_id uuid,
  working_run_id uuid,
  appeal_until_at timestamptz,
  problem text,
  version int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, model_id, kind, from_day),
  check (from_day <= to_day),
  foreign key (tenant_id, model_id) references assessment_model (tenant_id, id)
);
create index on assessment_period (tenant_id, from_day desc, id);
create index on assessment_period (tenant_id, state);

-- Rows taken at one moment, with the definitions they were taken by: indicators, groups of bits, the tree of units.
create table assessment_snapshot (
  tenant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  number int not null,
  kind text not null check (kind in ('live', 'run')),
  taken_at timestamptz not null,
  pins jsonb not null,
  row_count int not null,
  primary key (tenant_id, id),
  unique (tenant_id, period_id, number),
  foreign key (tenant_id, period_id) references assessment_period (tenant_id, id)
);

create table assessment_fact (
  tenant_id uuid not null,
  snapshot_id uuid not null,
  -- Number of the group in the snapshot's pins.
  grp int not null,
  row_id uuid not null,
  order_id uuid not null,
  unit_id uuid,
  area_code text,
  person_id uuid,
  appeal_type text,
  at timestamptz,
  -- Bit i: counts for the group's i-th indicator.
  hits bigint not null,
  amounts bigint[],
  -- A later answer of the same order took its place: counted in neither result.
  superseded boolean not null default false,
  -- Why the adjusted result leaves it out: type, excluded, shelved, special.
  left_out text,
  primary key (tenant_id, snapshot_id, grp, row_id),
  foreign key (tenant_id, snapshot_id) references assessment_snapshot (tenant_id, id)
);
create index on assessment_fact (tenant_id, order_id);
create index on assessment_fact (tenant_id, snapshot_id, unit_id);

-- What an accepted appeal changed, row by row; a run counts with the corrections up to a number.
create table assessment_correction (
  tenant_id uuid not null,
  snapshot_id uuid not null,
  number int not null,
  grp int not null,
  row_id uuid not null,
  order_id uuid not null,
  leave_out boolean not null default false,
  add_hits bigint not null default 0,
  remove_hits bigint not null default 0,
  appeal_id uuid,
  reason text not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, snapshot_id, number, grp, row_id),
  foreign key (tenant_id, snapshot_id) references assessment_snapshot (tenant_id, id)
);
create index on assessment_correction (tenant_id, snapshot_id, row_id);
comment on table assessment_correction is 'append-only: earlier runs are computed without it';

create table assessment_run (
  tenant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  -- 0: the running figures of an open period.
  number int not null,
  snapshot_id uuid not null,
  corrections int not null default 0,
  state text not null check (state in ('live', 'calculated', 'inReview', 'returned', 'published', 'replaced', 'withdrawn')),
  model_version int not null,
  -- The rules and the objects as they were: { definition, objects }.
  pins jsonb not null,
  -- SHA-256 of all scores: the same rows by the same rules give the same.
  digest text not null,
  reason text not null default '',
  computed_at timestamptz not null,
  computed_by_id uuid,
  computed_by_name text not null,
  published_at timestamptz,
  published_by_name text,
  primary key (tenant_id, id),
  unique (tenant_id, period_id, number),
  foreign key (tenant_id, period_id) references assessment_period (tenant_id, id),
  foreign key (tenant_id, snapshot_id) references assessment_snapshot (tenant_id, id)
);
create index on assessment_run (tenant_id, snapshot_id);

create table assessment_score (
  tenant_id uuid not null,
  run_id uuid not null,
  object_id uuid not null,
  name text not null,
  peer text not null default '',
  -- Decimals as text, to the last digit; null where there is no score.
  total text,
  bonus text not null default '0',
  raw_total text,
  rank int,
  peer_rank int,
  raw_rank int,
  -- [{ code, value, points, lost, rank, … }] of the adjusted and of the raw result.
  items jsonb not null,
  raw_items jsonb not null,
  -- { indicator: "count" }
  counts jsonb not null,
  raw_counts jsonb not null,
  primary key (tenant_id, run_id, object_id),
  foreign key (tenant_id, run_id) references assessment_run (tenant_id, id)
);
create index on assessment_score (tenant_id, object_id);

create table assessment_step (
  tenant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  run_id uuid,
  act text not null,
  text text not null default '',
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, period_id) references assessment_period (tenant_id, id)
);
create index on assessment_step (tenant_id, period_id, at);
comment on table assessment_step is 'append-only: who calculated, reviewed, published, withdrew, and why';

create table assessment_appeal (
  tenant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  run_id uuid not null,
  object_id uuid not null,
  object_name text not null,
  order_id uuid not null,
  order_number text not null,
  item text not null,
  item_name text not null,
  points text not null,
  -- notCounted: the order should not count; achieved: what was asked of the unit was achieved.
  wish text not null check (wish in ('notCounted', 'achieved')),
  reason text not null,
  state text not null check (state in ('pending', 'accepted', 'rejected')),
  asked_at timestamptz not null,
  asked_by_id uuid,
  asked_by_name text not null,
  unit_id uuid,
  decided_at timestamptz,
  decided_by_name text,
  opinion text,
  -- The run that counts with it.
  result_run_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, period_id) references assessment_period (tenant_id, id),
  foreign key (tenant_id, run_id) references assessment_run (tenant_id, id)
);
create index on assessment_appeal (tenant_id, period_id);
create index on assessment_appeal (tenant_id, run_id);
create index on assessment_appeal (tenant_id, order_id);
create unique index assessment_appeal_once on assessment_appeal (tenant_id, run_id, object_id, order_id, item) where state = 'pending';

-- Orders that need treatment of their own (特殊工单): not counted from a day on, until lifted.
create table assessment_special_order (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  order_number text not null,
  kind text not null,
  reason text not null,
  at timestamptz not null,
  by_name text not null,
  ended_at timestamptz,
  ended_by_name text,
  primary key (tenant_id, id)
);
create unique index assessment_special_order_once on assessment_special_order (tenant_id, order_id) where ended_at is null;
