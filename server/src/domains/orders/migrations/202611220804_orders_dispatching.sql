-- Rules that dispatch by themselves, and the words of dispatch.
create table order_assign_rule (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  position int not null default 100,
  -- force: dispatches; score: raises or lowers candidates for proposals.
  effect text not null default 'force' check (effect in ('force', 'score')),
  score int not null default 0,
  condition jsonb not null,
  action jsonb not null,
  enabled boolean not null default false,
  valid_from_at timestamptz,
  valid_to_at timestamptz,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_assign_rule (tenant_id, name);
create index on order_assign_rule (tenant_id, position, id) where enabled;

-- Each order a rule was tried on; one row, so that nothing is tried twice.
create table order_auto_assignment (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  rule_id uuid not null,
  rule_name text not null,
  rule_version int not null,
  state text not null check (state in ('dispatched', 'failed')),
  units jsonb not null,
  why text,
  at timestamptz not null,
  verdict text check (verdict in ('right', 'wrong')),
  judged_by_name text,
  judged_at timestamptz,
  note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index on order_auto_assignment (tenant_id, order_id);
create index on order_auto_assignment (tenant_id, at desc, id desc);
create index on order_auto_assignment (tenant_id, rule_id, at desc);

create table order_opinion_template (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  text text not null,
  channel text,
  appeal_type text,
  unit_id uuid,
  -- A person's own words; null for those of the library.
  owner_id uuid,
  position int not null default 100,
  active boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create index on order_opinion_template (tenant_id, owner_id, position);
create index order_waiting_for_rules on order_order (tenant_id, stage_since_at) where state = 'pendingDispatch' and dispatched_at is null;
