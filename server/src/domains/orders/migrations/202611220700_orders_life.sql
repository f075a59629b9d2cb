-- Life across centres and the defects of the loop: transfers in every direction, checks, closing rejection, appeals, returns, reports.

alter table order_transfer add column direction text not null default 'down' check (direction in ('down', 'up', 'across'));
alter table order_transfer add column due_at timestamptz;
alter table order_transfer drop constraint if exists order_transfer_state_check;
-- refused: the receiving centre turned it back before it was dispatched there.
alter table order_transfer add constraint order_transfer_state_check check (state in ('open', 'reported', 'accepted', 'returned', 'cancelled', 'refused'));

-- rejected: the closing was rejected for a small fault and waits for its correction; replaced: corrected by a later version.
alter table order_feedback drop constraint if exists order_feedback_state_check;
alter table order_feedback add constraint order_feedback_state_check check (state in ('submitted', 'accepted', 'sentBack', 'rejected', 'replaced'));
alter table order_feedback add column corrects uuid;

-- One row per check of a result, by the handling centre or by the one above; both are logged alike.
create table order_result_check (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  level text not null check (level in ('own', 'upper')),
  round int not null,
  outcome text not null check (outcome in ('accept', 'return', 'reject')),
  -- true where the system accepted by rule: not in the share of the second check, or a sub-centre answers itself.
  automatic boolean not null default false,
  rule_text text,
  opinion text,
  unit_names text not null,
  from_tenant_name text,
  checked_by uuid,
  checked_by_name text not null,
  checked_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_result_check (tenant_id, order_id);
create index on order_result_check (tenant_id, checked_at desc, id desc);
comment on table order_result_check is 'append-only: every check of a result';

-- Reopened returning (ORD-40).
create table order_return_reset (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  applicant_name text not null,
  approver_name text not null,
  reason text not null,
  valid_from_at timestamptz not null,
  valid_until_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_return_reset (tenant_id, order_id);
comment on table order_return_reset is 'append-only: who reopened returning of which order until when';

-- Orders that an upper platform sent: signed towards it by a person, a rule, or the system at the limit.
alter table order_order add column upper_signed_at timestamptz;
alter table order_order add column upper_signed_by_name text;
alter table order_order add column upper_sign_rule text;
alter table order_order add column upper_sign_due_at timestamptz;
alter table order_order add column upper_platform text;
create unique index order_order_upper_key on order_order (tenant_id, upper_platform, upper_number) where upper_platform is not null;
create index order_order_upper_waiting on order_order (tenant_id, upper_sign_due_at) where upper_platform is not null and upper_signed_at is null;

create table order_sign_rule (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  position int not null default 0,
  enabled boolean not null default true,
  -- {dispatchKinds, appealTypes, urgencies, categoryIds, matterIds, words}: every given list must be met, one of each suffices.
  conditions jsonb not null,
  -- signed orders go to dispatch without review
  to_dispatch boolean not null default true,
  hits int not null default 0,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_sign_rule (tenant_id, name);

-- Direct orders that went back upward, for the live ratio (ORD-32).
create table order_upward_return (
  tenant_id uuid not null,
  order_id uuid not null,
  unit_id uuid,
  unit_name text,
  reason text not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, order_id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_upward_return (tenant_id, at);
create index order_order_upper_kind on order_order (tenant_id, dispatch_kind, upper_dispatched_at) where upper_platform is not null;

-- Handling reports (ORD-54): versions of one report per assignment.
create table order_report (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  version int not null,
  title text not null,
  content text not null,
  state text not null check (state in ('pending', 'approved', 'returned')),
  request_id uuid,
  written_by uuid,
  written_by_name text not null,
  written_at timestamptz not null,
  decided_at timestamptz,
  opinion text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, assignment_id) references order_assignment
);
create index on order_report (tenant_id, order_id);
create index on order_report (tenant_id, assignment_id, version desc);
create index on order_report (tenant_id, written_at desc, id desc);
create index on order_report (tenant_id, unit_id, written_at desc, id desc);
