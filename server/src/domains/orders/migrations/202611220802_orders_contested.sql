-- Contested orders (挂办), hard orders (疑难) and long-term tracking (任务跟踪).
create table order_dispute (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  request_id uuid not null,
  state text not null check (state in ('pool', 'decided', 'ended')),
  difficulty text not null,
  proposed_by_name text not null,
  approved_at timestamptz not null,
  -- How it was decided: by the departments together, or by the centre alone.
  way text check (way in ('adjudication', 'ruling')),
  deciding_body text,
  opinion text,
  decided_units jsonb,
  decided_by_name text,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_dispute (tenant_id, order_id);
create index on order_dispute (tenant_id, approved_at, id) where state = 'pool';
create index on order_dispute (tenant_id, approved_at desc, id desc);
create unique index order_dispute_one_open on order_dispute (tenant_id, order_id) where state = 'pool';

-- What the departments say about whose matter it is; rows without a position were asked and have not answered.
create table order_dispute_voice (
  tenant_id uuid not null,
  dispute_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  invited_at timestamptz not null,
  position text check (position in ('ours', 'notOurs', 'shared')),
  text text,
  by_name text,
  at timestamptz,
  primary key (tenant_id, dispute_id, unit_id),
  foreign key (tenant_id, dispute_id) references order_dispute
);
create index on order_dispute_voice (tenant_id, unit_id) where position is null;

create table order_hard_process (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  category_id uuid,
  steps jsonb not null,
  saved_from uuid,
  active boolean not null default true,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create index on order_hard_process (tenant_id, category_id);

create table order_hard (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  category_id uuid,
  state text not null check (state in ('pending', 'handled', 'returned')),
  reason text not null,
  marked_in text not null,
  marked_by_name text not null,
  marked_at timestamptz not null,
  way text check (way in ('conclude', 'leadAssist', 'parallel', 'subCentre', 'up', 'down')),
  opinion text,
  ended_by_name text,
  ended_at timestamptz,
  process_name text,
  -- [{name, unitId, unitName, dueAt, doneAt, doneBy, note}]
  steps jsonb,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_hard (tenant_id, order_id);
create index on order_hard (tenant_id, state, marked_at, id);
create unique index order_hard_one_pending on order_hard (tenant_id, order_id) where state = 'pending';

create table order_tracking (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  request_id uuid not null,
  state text not null check (state in ('active', 'ended')),
  plan text not null,
  interval_days int not null,
  started_at timestamptz not null,
  until_at timestamptz not null,
  next_report_at timestamptz not null,
  reports int not null default 0,
  missed int not null default 0,
  -- The report time for which a warning was given.
  warned_for_at timestamptz,
  ended_at timestamptz,
  end_kind text check (end_kind in ('result', 'orderEnded')),
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, assignment_id) references order_assignment
);
create index on order_tracking (tenant_id, order_id);
create index on order_tracking (tenant_id, assignment_id);
create index on order_tracking (tenant_id, next_report_at, id) where state = 'active';
create index on order_tracking (tenant_id, started_at desc, id desc);
