-- Twice a day a text on a unit's cases with the frozen list behind it; leaders' personal cases, month by month.

create table supervision_overview_list (
  tenant_id uuid not null,
  unit_id uuid not null,
  enabled boolean not null,
  user_ids uuid[] not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, unit_id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
comment on table supervision_overview_list is 'whom a unit wants to receive its overview; a unit without a row: its leaders';

create table supervision_overview (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  -- Local day and time it stands for.
  slot text not null,
  at timestamptz not null,
  figures jsonb not null,
  recipients jsonb not null,
  primary key (tenant_id, id),
  unique (tenant_id, unit_id, slot)
);
create index on supervision_overview (tenant_id, at desc, id desc);
comment on table supervision_overview is 'append-only: the figures as they were sent';

create table supervision_overview_order (
  tenant_id uuid not null,
  overview_id uuid not null,
  list_key text not null,
  position int not null,
  order_id uuid not null,
  number text not null,
  -- null: the order is confidential
  title text,
  state text not null,
  due_at timestamptz,
  primary key (tenant_id, overview_id, list_key, position),
  foreign key (tenant_id, overview_id) references supervision_overview (tenant_id, id)
);
comment on table supervision_overview_order is 'append-only: the orders counted, as they were';

create table supervision_leader_report (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  leader_id uuid not null,
  leader_name text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  -- draft: at the leader; submitted: at the centre; rejected: back at the leader with a reason
  state text not null check (state in ('draft', 'submitted', 'approved', 'rejected')),
  fields jsonb not null default '{}',
  opinion text,
  version int not null default 1,
  created_at timestamptz not null,
  submitted_at timestamptz,
  decided_at timestamptz,
  decided_by_name text,
  primary key (tenant_id, id),
  unique (tenant_id, unit_id, leader_id, month),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
create index on supervision_leader_report (tenant_id, month desc, id desc);

create table supervision_leader_case (
  tenant_id uuid not null,
  report_id uuid not null,
  order_id uuid not null,
  -- case: supervised personally; whistle: a whistle case involved
  kind text not null check (kind in ('case', 'whistle')),
  note text,
  primary key (tenant_id, report_id, order_id),
  foreign key (tenant_id, report_id) references supervision_leader_report (tenant_id, id) on delete cascade
);
create index on supervision_leader_case (tenant_id, order_id);

create table supervision_leader_reminder (
  tenant_id uuid not null,
  month text not null,
  user_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, month, user_id)
);
comment on table supervision_leader_reminder is 'append-only: who was reminded of which missing report, once a month';
