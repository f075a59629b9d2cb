-- Figures kept ready: one narrow row an order, what the order was counted as, and sums by day and month that the planner reads instead of rows.

-- Which orders changed in what is counted. Written in the transaction of the change itself: not every change of a counted column is an event.
create table data_change (
  tenant_id uuid not null,
  seq bigint generated always as identity,
  order_id uuid not null,
  primary key (tenant_id, seq)
);
create index on data_change (seq);

create function data_mark_order() returns trigger language plpgsql as $$
begin
  insert into data_change (tenant_id, order_id) values (coalesce(new.tenant_id, old.tenant_id), coalesce(new.id, old.id));
  return null;
end $$;
create function data_mark_part() returns trigger language plpgsql as $$
begin
  if coalesce(new.order_id, old.order_id) is not null then
    insert into data_change (tenant_id, order_id) values (coalesce(new.tenant_id, old.tenant_id), coalesce(new.order_id, old.order_id));
  end if;
  return null;
end $$;

create trigger data_order_made after insert or delete on order_order for each row execute function data_mark_order();
create trigger data_order_changed after update on order_order for each row when (
  (old.state, old.close_kind, old.appeal_type, old.urgency, old.area_code, old.matter_id, old.category_id, old.industry_id, old.channel, old.registration_source, old.dispatch_kind, old.subject_kind, old.round, old.lead_unit_id, old.confidential, old.involved_count, old.urge_count, old.supplement_count, old.return_count, old.next_due_at, old.registered_at, old.dispatched_at, old.closed_at, old.archived_at, old.registered_by, old.picked_by)
  is distinct from
  (new.state, new.close_kind, new.appeal_type, new.urgency, new.area_code, new.matter_id, new.category_id, new.industry_id, new.channel, new.registration_source, new.dispatch_kind, new.subject_kind, new.round, new.lead_unit_id, new.confidential, new.involved_count, new.urge_count, new.supplement_count, new.return_count, new.next_due_at, new.registered_at, new.dispatched_at, new.closed_at, new.archived_at, new.registered_by, new.picked_by)
) execute function data_mark_order();
create trigger data_assignment_made after insert or delete on order_assignment for each row execute function data_mark_part();
create trigger data_assignment_changed after update on order_assignment for each row when (
  (old.unit_id, old.parent_id, old.role, old.state, old.round, old.handler_id, old.dispatched_at, old.signed_at, old.contacted_at, old.done_at, old.due_at)
  is distinct from (new.unit_id, new.parent_id, new.role, new.state, new.round, new.handler_id, new.dispatched_at, new.signed_at, new.contacted_at, new.done_at, new.due_at)
) execute function data_mark_part();
create trigger data_clock_made after insert or delete on order_clock for each row execute function data_mark_part();
create trigger data_clock_changed after update on order_clock for each row when (
  (old.unit_id, old.kind, old.state, old.started_at, old.due_at, old.met_at) is distinct from (new.unit_id, new.kind, new.state, new.started_at, new.due_at, new.met_at)
) execute function data_mark_part();
create trigger data_result_changed after insert or update or delete on callback_result for each row execute function data_mark_part();

-- The columns figures are filtered and grouped by, without text: a fifth of the width of the order.
create table data_order_fact (
  tenant_id uuid not null,
  id uuid not null,
  state text not null,
  close_kind text,
  appeal_type text,
  urgency text,
  area_code text,
  matter_id uuid,
  category_id uuid,
  industry_id uuid,
  channel text,
  registration_source text,
  dispatch_kind text,
  subject_kind text,
  round int,
  lead_unit_id uuid,
  confidential boolean not null,
  involved_count int,
  urge_count int,
  supplement_count int,
  return_count int,
  next_due_at timestamptz,
  registered_at timestamptz not null,
  dispatched_at timestamptz,
  closed_at timestamptz,
  archived_at timestamptz,
  registered_by uuid,
  picked_by uuid,
  primary key (tenant_id, id)
);
create index on data_order_fact (tenant_id, registered_at);
create index on data_order_fact (tenant_id, closed_at);
create index data_order_fact_open on data_order_fact (tenant_id, registered_at) where closed_at is null;
create index data_order_fact_due on data_order_fact (tenant_id, next_due_at) where next_due_at is not null;
create index data_order_fact_secret on data_order_fact (tenant_id, id) where confidential;

-- What an order stands for in the sums, as it was added: to be taken away exactly when the order changes. Parallel arrays, one place a part.
create table data_order_image (
  tenant_id uuid not null,
  id uuid not null,
  grps smallint[] not null,
  days date[] not null,
  hours smallint[] not null,
  units uuid[] not null,
  hits int[] not null,
  amounts bigint[] not null,
  primary key (tenant_id, id)
);

-- What is summed: the counting half of a basic definition, once for all tenants and indicators that share it. Up to 16 of one fact and date
-- are one group, each in a column of its own; a sum is a group by itself.
create table data_series (
  number int primary key,
  key text not null unique,
  counting jsonb not null,
  grp smallint not null check (grp > 0),
  slot smallint not null check (slot between 0 and 15),
  unique (grp, slot)
);
comment on table data_series is 'global: definitions without any figure, shared by all tenants';

-- Sums of a group by day (d) and month (m, under its first day) over one cut of dimensions; '' is what has no value. Confidential orders apart.
create table data_rollup (
  tenant_id uuid not null,
  cut smallint not null,
  grp smallint not null,
  grain text not null check (grain in ('d', 'm')),
  day date not null,
  secret boolean not null,
  k text[] not null,
  c0 int not null, c1 int not null, c2 int not null, c3 int not null, c4 int not null, c5 int not null, c6 int not null, c7 int not null,
  c8 int not null, c9 int not null, c10 int not null, c11 int not null, c12 int not null, c13 int not null, c14 int not null, c15 int not null,
  total bigint not null,
  primary key (tenant_id, cut, grp, grain, day, secret, k)
);

-- How far the sums of a tenant are built and kept.
create table data_kept (
  tenant_id uuid primary key references platform_tenant (id),
  time_zone text not null,
  orders bigint not null default 0,
  series int not null default 0,
  building boolean not null default false,
  target int not null default 0,
  after_id uuid,
  done bigint not null default 0,
  expected bigint not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  followed_at timestamptz,
  fault text
);
comment on column data_kept.series is 'Series with a number up to this one are complete; 0: none are, figures are counted from rows';

-- Rows of a period are found in tables that grow with time: a few pages each, next to nothing to keep.
create index data_assignment_dispatched on order_assignment using brin (dispatched_at) with (pages_per_range = 32);
create index data_assignment_signed on order_assignment using brin (signed_at) with (pages_per_range = 32);
create index data_clock_due on order_clock using brin (due_at) with (pages_per_range = 32);
create index data_result_at on callback_result using brin (at) with (pages_per_range = 32);
