-- Templates a tenant made or changed (the delivered ones stand in the program), reports with what they said, who read them, and when they are made.
create table reports_template (
  tenant_id uuid not null references platform_tenant (id),
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  shipped boolean not null,
  department_id uuid,
  -- What is being edited; null once published.
  draft jsonb,
  version int not null default 0,
  edit int not null default 1,
  created_at timestamptz not null,
  created_by_name text not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);

create table reports_template_version (
  tenant_id uuid not null,
  code text not null,
  version int not null check (version > 0),
  definition jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, code, version),
  foreign key (tenant_id, code) references reports_template (tenant_id, code)
);
comment on table reports_template_version is 'append-only: a report can name the version it was made from';

create table reports_schedule (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  name text not null,
  template_code text not null,
  cycle text not null check (cycle in ('day', 'week', 'month', 'quarter', 'halfYear', 'year')),
  -- Day of the cycle, from 1; the last one where there are fewer.
  at_day int not null check (at_day between 1 and 366),
  at_time text not null check (at_time ~ '^[0-2][0-9]:[0-5][0-9]$'),
  -- The running period or the one before.
  of_period text not null check (of_period in ('last', 'running')),
  from_day date not null,
  to_day date,
  readers jsonb not null,
  publish text not null check (publish in ('setting', 'draft', 'published')),
  -- The report is made with this person's rights.
  owner_id uuid not null,
  owner_name text not null,
  enabled boolean not null default true,
  next_at timestamptz,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on reports_schedule (tenant_id, next_at) where enabled;

create table reports_report (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  template_code text not null,
  template_version int not null,
  schedule_id uuid,
  name text not null,
  kind text not null check (kind in ('periodic', 'thematic')),
  category text not null,
  cycle text,
  from_day date not null,
  to_day date not null,
  state text not null check (state in ('draft', 'inReview', 'published', 'unpublished', 'withdrawn')),
  content jsonb not null,
  readers jsonb not null,
  opinion text,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  published_at timestamptz,
  published_by_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, schedule_id) references reports_schedule (tenant_id, id)
);
create index on reports_report (tenant_id, created_at desc, id desc);
create index on reports_report (tenant_id, template_code);
create index on reports_report (tenant_id, schedule_id);

create table reports_step (
  tenant_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  act text not null,
  block_id text,
  old_text text,
  new_text text,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, report_id) references reports_report (tenant_id, id)
);
create index on reports_step (tenant_id, report_id, at);
comment on table reports_step is 'append-only: who changed what of a report';

create table reports_read (
  tenant_id uuid not null,
  report_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, report_id, user_id),
  foreign key (tenant_id, report_id) references reports_report (tenant_id, id)
);

create table reports_run (
  tenant_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  state text not null check (state in ('running', 'done', 'failed')),
  from_day date not null,
  to_day date not null,
  report_id uuid,
  problem text,
  attempts int not null default 0,
  at timestamptz not null,
  took_ms int,
  primary key (tenant_id, id),
  foreign key (tenant_id, schedule_id) references reports_schedule (tenant_id, id),
  foreign key (tenant_id, report_id) references reports_report (tenant_id, id)
);
create index on reports_run (tenant_id, schedule_id, at desc);
create index on reports_run (tenant_id, report_id);
