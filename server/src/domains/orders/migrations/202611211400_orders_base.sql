-- Orders: requesters, orders, assignments, clocks, feedback, requests, timeline.

create table order_requester (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('person', 'enterprise')),
  name text not null default '',
  sex text check (sex in ('male', 'female')),
  age_range text,
  id_type text,
  id_number_enc text,
  id_number_hash text,
  id_last4_hash text,
  id_number_mask text,
  area_code text,
  address text,
  detail_address text,
  labels text[] not null default '{}',
  order_count int not null default 0,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on order_requester (tenant_id, id_number_hash) where id_number_hash is not null;
create index on order_requester (tenant_id, name);

create table order_requester_phone (
  tenant_id uuid not null,
  phone_hash text not null,
  requester_id uuid not null,
  last4_hash text not null,
  phone_enc text not null,
  phone_mask text not null,
  main boolean not null default true,
  verified boolean not null default false,
  primary key (tenant_id, phone_hash, requester_id),
  foreign key (tenant_id, requester_id) references order_requester
);
create index on order_requester_phone (tenant_id, requester_id);

create table order_requester_change (
  tenant_id uuid not null,
  id uuid not null,
  requester_id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  changes jsonb not null,
  primary key (tenant_id, id)
);
create index on order_requester_change (tenant_id, requester_id);
comment on table order_requester_change is 'append-only: old and new content of a requester record';

create table order_order (
  tenant_id uuid not null,
  id uuid not null,
  number text not null,
  enquiry_code text not null,
  state text not null check (state in ('draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback', 'closed', 'archived', 'withdrawn', 'merged')),
  -- Online submissions wait for an agent: waiting, picked, done; null for orders that people registered.
  triage text check (triage in ('waiting', 'picked', 'done')),
  picked_by uuid,
  picked_by_name text,
  picked_until_at timestamptz,
  close_kind text check (close_kind in ('answered', 'handled', 'notReached', 'appealApproved', 'notAttributable', 'notStated', 'returnedUpward')),
  round int not null default 1,
  channel text not null,
  source text not null default 'own',
  registered_by uuid,
  registered_by_name text not null,
  registered_at timestamptz not null,
  occurred_at timestamptz,
  subject_kind text not null default 'person',
  anonymous boolean not null default false,
  requester_id uuid,
  requester_name text not null default '',
  contact_phone_enc text,
  contact_phone_hash text,
  contact_last4_hash text,
  contact_phone_mask text,
  appeal_type text not null,
  purpose text,
  form text,
  matter_id uuid,
  matter_version int,
  matter_name text,
  category_id uuid,
  industry_id uuid,
  title text not null,
  content text not null,
  summary text,
  area_code text,
  address text,
  detail_address text,
  lon double precision,
  lat double precision,
  requester_count int not null default 1,
  involved_count int,
  urgency text not null default 'normal',
  confidential boolean not null default false,
  callback_wanted boolean not null default true,
  callback_manner text not null default 'call',
  remarks text,
  form_version_id uuid,
  form_data jsonb,
  extra jsonb,
  dispatch_kind text not null default 'own' check (dispatch_kind in ('own', 'direct', 'transferred')),
  upper_number text,
  upper_dispatched_at timestamptz,
  lead_unit_id uuid,
  lead_unit_name text,
  flags text[] not null default '{}',
  urge_count int not null default 0,
  supplement_count int not null default 0,
  return_count int not null default 0,
  next_due_at timestamptz,
  next_clock text,
  stage_since_at timestamptz not null,
  dispatched_at timestamptz,
  closed_at timestamptz,
  archived_at timestamptz,
  archive_due_at timestamptz,
  reply text,
  reply_basis text,
  withdraw_reason text,
  import_source text,
  import_key text,
  search tsvector,
  changed_by_name text,
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, requester_id) references order_requester
);
create unique index on order_order (number);
create unique index on order_order (tenant_id, import_source, import_key) where import_key is not null;
create index on order_order (tenant_id, registered_at desc, id desc);
create index on order_order (tenant_id, state, registered_at desc, id desc);
-- Work that is still open, nearest clock first: the default order of every desk.
create index on order_order (tenant_id, state, next_due_at, id) where state in ('draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback');
create index on order_order (tenant_id, registered_by, registered_at desc, id desc);
create index on order_order (tenant_id, requester_id, registered_at desc);
create index on order_order (tenant_id, contact_phone_hash, registered_at desc);
create index on order_order (tenant_id, contact_last4_hash, registered_at desc);
create index on order_order (tenant_id, matter_id, registered_at desc);
create index on order_order (tenant_id, area_code text_pattern_ops, registered_at desc);
create index on order_order (tenant_id, lead_unit_id, registered_at desc);
create index on order_order (tenant_id, archive_due_at) where state = 'closed';
create index on order_order (tenant_id, triage, registered_at) where triage in ('waiting', 'picked');
create index on order_order (tenant_id, picked_by, registered_at desc, id desc) where picked_by is not null;
create index on order_order using gin (search);

create table order_counter (
  tenant_id uuid not null,
  day text not null,
  value int not null,
  primary key (tenant_id, day)
);

create table order_assignment (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  parent_id uuid,
  unit_id uuid not null,
  unit_name text not null,
  role text not null check (role in ('lead', 'assist', 'parallel', 'section')),
  route_mode text not null check (route_mode in ('levelByLevel', 'straight')),
  state text not null check (state in ('pendingSign', 'handling', 'pendingReport', 'done', 'returned', 'cancelled')),
  round int not null default 1,
  handler_id uuid,
  handler_name text,
  opinion text,
  requirement text,
  recommended_unit_id uuid,
  dispatched_at timestamptz not null,
  dispatched_by uuid,
  dispatched_by_name text not null,
  signed_at timestamptz,
  signed_by_name text,
  auto_signed boolean not null default false,
  -- Where the automatic signing happens when nobody signs.
  auto_sign_at timestamptz,
  due_at timestamptz,
  contacted_at timestamptz,
  done_at timestamptz,
  extension_count int not null default 0,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, parent_id) references order_assignment
);
create index on order_assignment (tenant_id, order_id);
create index on order_assignment (tenant_id, parent_id) where parent_id is not null;
create index on order_assignment (tenant_id, unit_id, state, due_at, id) where state in ('pendingSign', 'handling', 'pendingReport');
create index on order_assignment (tenant_id, unit_id, dispatched_at desc);
create index on order_assignment (tenant_id, auto_sign_at) where state = 'pendingSign';

-- Who is involved: one row per unit and each of its ancestors; lists of units join it.
create table order_party (
  tenant_id uuid not null,
  unit_id uuid not null,
  order_id uuid not null,
  -- True for the unit itself, false for its ancestors.
  direct boolean not null,
  open boolean not null default true,
  registered_at timestamptz not null,
  primary key (tenant_id, unit_id, order_id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_party (tenant_id, order_id);
create index on order_party (tenant_id, unit_id, registered_at desc, order_id desc);
create index on order_party (tenant_id, unit_id, order_id) where open;

create table order_clock (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid,
  unit_id uuid,
  kind text not null check (kind in ('stage', 'sign', 'firstContact', 'response', 'handling', 'resultReview', 'upper', 'ownEarlier')),
  amount int not null,
  basis text not null,
  rule_text text not null,
  started_at timestamptz not null,
  due_at timestamptz not null,
  yellow_at timestamptz not null,
  state text not null check (state in ('running', 'paused', 'met', 'cancelled')),
  paused_at timestamptz,
  met_at timestamptz,
  yellow_done boolean not null default false,
  red_done boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_clock (tenant_id, order_id);
create index on order_clock (tenant_id, assignment_id) where assignment_id is not null;
create index on order_clock (tenant_id, yellow_at) where state = 'running' and not yellow_done;
create index on order_clock (tenant_id, due_at) where state = 'running' and not red_done;
create index on order_clock (tenant_id, due_at) where state = 'running';

create table order_clock_change (
  tenant_id uuid not null,
  id uuid not null,
  clock_id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  what text not null,
  old_due_at timestamptz,
  new_due_at timestamptz,
  actor_name text not null,
  reason text,
  primary key (tenant_id, id)
);
create index on order_clock_change (tenant_id, clock_id);
comment on table order_clock_change is 'append-only: every move of a deadline with its reason';

create table order_feedback (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  version int not null,
  kind text not null check (kind in ('result', 'progress')),
  state text not null check (state in ('submitted', 'accepted', 'sentBack')),
  handled_at timestamptz,
  method text,
  result text not null,
  basis text,
  opinion text,
  contact jsonb,
  contacted text check (contacted in ('yes', 'no', 'notStated')),
  solved text check (solved in ('yes', 'partly', 'no', 'notStated')),
  satisfied text check (satisfied in ('yes', 'no', 'notStated')),
  checklist jsonb,
  quoted_from uuid,
  callback_requested boolean not null default false,
  industry_unit_id uuid,
  outside_area boolean not null default false,
  visibility text not null default 'unitLine' check (visibility in ('internal', 'unitLine', 'staff', 'public')),
  submitted_by uuid,
  submitted_by_name text not null,
  submitted_at timestamptz not null,
  review_opinion text,
  reviewed_by_name text,
  reviewed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, assignment_id) references order_assignment
);
create index on order_feedback (tenant_id, order_id);
create index on order_feedback (tenant_id, assignment_id, version desc);

create table order_request (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid,
  unit_id uuid not null,
  unit_name text not null,
  kind text not null check (kind in ('return', 'extension', 'withdrawal')),
  -- leader: at the unit's own leader; review: at the dispatching level; arbitration: at the centre's leaders; flow: at an approval chain
  stage text not null check (stage in ('leader', 'review', 'arbitration', 'flow', 'ended')),
  queue text,
  state text not null check (state in ('pending', 'approved', 'refused', 'cancelled')),
  round int not null default 1,
  reason_class text,
  reason text not null,
  within_window boolean,
  refused_final boolean not null default false,
  outcome text,
  old_due_at timestamptz,
  new_due_at timestamptz,
  flow_instance_id uuid,
  applicant_id uuid,
  applicant_name text not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text,
  opinion text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_request (tenant_id, order_id);
create index on order_request (tenant_id, assignment_id) where assignment_id is not null;
create index on order_request (tenant_id, kind, stage, created_at, id) where state = 'pending';
create index on order_request (tenant_id, unit_id, created_at desc);

create table order_unit_block (
  tenant_id uuid not null,
  order_id uuid not null,
  unit_id uuid not null,
  cause text not null,
  reason text,
  at timestamptz not null,
  primary key (tenant_id, order_id, unit_id),
  foreign key (tenant_id, order_id) references order_order
);

create table order_supplement (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  content text not null,
  source text not null,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_supplement (tenant_id, order_id);

create table order_link (
  tenant_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  kind text not null check (kind in ('sameCall', 'repeat', 'redo', 'directPair', 'merged', 'eventMember', 'upDown', 'supplement')),
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on order_link (tenant_id, from_id);
create index on order_link (tenant_id, to_id);

create table order_transfer (
  id uuid primary key,
  from_tenant uuid not null,
  from_order_id uuid not null,
  from_number text not null,
  to_tenant uuid not null,
  to_order_id uuid not null,
  to_number text not null,
  state text not null check (state in ('open', 'reported', 'accepted', 'returned', 'cancelled')),
  requirement text,
  report jsonb,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null
);
create index on order_transfer (from_tenant, from_order_id);
create unique index on order_transfer (to_tenant, to_order_id);
comment on table order_transfer is 'global: the chain between two tenants; each side reads it by its own order';

create table order_draft (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  owner_name text not null,
  title text not null default '',
  -- Encrypted: a form in progress holds telephone numbers in clear.
  data_enc text not null,
  phone_hash text,
  generation int not null,
  saved_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index on order_draft (tenant_id, owner_id, saved_at desc);

create table order_draft_generation (
  tenant_id uuid not null,
  draft_id uuid not null,
  generation int not null,
  data_enc text not null,
  saved_at timestamptz not null,
  primary key (tenant_id, draft_id, generation),
  foreign key (tenant_id, draft_id) references order_draft on delete cascade
);

create table order_timeline (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  xid bigint not null default (pg_current_xact_id()::text::bigint),
  assignment_id uuid,
  stage text not null,
  act text not null,
  actor_id uuid,
  actor_name text not null,
  unit_id uuid,
  unit_name text,
  text text,
  changes jsonb,
  data jsonb,
  visibility text not null default 'staff' check (visibility in ('internal', 'unitLine', 'staff', 'public')),
  row_hash bytea not null,
  primary key (tenant_id, order_id, at, id)
) partition by range (at);
create index on order_timeline using brin (xid);
comment on table order_timeline is 'append-only: every act on an order; sealed in batches';

-- Catches what lies outside the months made ahead (moved clocks, imports of old history), so that no entry is ever refused.
create table order_timeline_default partition of order_timeline default;
select kernel_ensure_months('order_timeline', (now() - interval '4 months')::date, (now() + interval '3 months')::date);

-- What later domains may join: no content, no telephone.
create view order_view as
  select tenant_id, id, number, state, appeal_type, title, urgency, channel, area_code, matter_id, matter_name, category_id, lead_unit_id, lead_unit_name,
         requester_name, requester_id, registered_at, closed_at, round, confidential, flags, registered_by, callback_wanted, callback_manner,
         triage, picked_by, picked_by_name, picked_until_at, supplement_count
  from order_order;
