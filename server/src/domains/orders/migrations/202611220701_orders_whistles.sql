-- Whistle and report-in (吹哨报到): a street calls departments to the spot; the centre whistles where it was marked and the street did not.
create table order_whistle (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  -- wanted: marked by the sorter, nobody has whistled yet.
  state text not null check (state in ('wanted', 'blown', 'ended')),
  -- The street whose whistle it is; unknown while an order is marked before its dispatch.
  unit_id uuid,
  unit_name text,
  assignment_id uuid,
  marked_by_name text,
  marked_at timestamptz,
  mark_reason text,
  supplementary boolean not null default false,
  reason text,
  place text,
  due_at timestamptz,
  blown_by_name text,
  blown_at timestamptz,
  ended_by_name text,
  ended_at timestamptz,
  end_kind text check (end_kind in ('allIn', 'byUnit', 'byCentre', 'orderEnded', 'unmarked')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_whistle (tenant_id, order_id);
create index on order_whistle (tenant_id, state, created_at, id);
create unique index order_whistle_one_open on order_whistle (tenant_id, order_id) where state in ('wanted', 'blown');

create table order_whistle_call (
  tenant_id uuid not null,
  whistle_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  state text not null check (state in ('called', 'reported', 'released', 'corrected')),
  called_at timestamptz not null,
  due_at timestamptz not null,
  reported_at timestamptz,
  -- Who stood on the spot, and what came of it.
  person text,
  result text,
  late boolean not null default false,
  warned_at timestamptz,
  -- The department agrees to be withdrawn; without it the street cannot do so.
  agreed_at timestamptz,
  agreed_by_name text,
  agree_note text,
  ended_by_name text,
  ended_at timestamptz,
  end_reason text,
  primary key (tenant_id, whistle_id, unit_id),
  foreign key (tenant_id, whistle_id) references order_whistle
);
create index on order_whistle_call (tenant_id, unit_id, state);
create index on order_whistle_call (tenant_id, due_at) where state = 'called';

-- For assessment and supervision: who was called, who came, when; no words.
create view orders_pub_whistle_view as
  select c.tenant_id, c.whistle_id, w.order_id, w.supplementary, w.unit_id as street_unit_id, c.unit_id, c.unit_name, c.state, c.called_at, c.due_at, c.reported_at, c.late
  from order_whistle_call c join order_whistle w on w.tenant_id = c.tenant_id and w.id = c.whistle_id;
