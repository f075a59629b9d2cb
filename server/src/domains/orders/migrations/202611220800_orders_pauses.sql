-- Requests of any kind on orders and assignments; what each kind means stands in code (`requests/`).
alter table order_request drop constraint if exists order_request_kind_check;
alter table order_request add constraint order_request_kind_check check (kind ~ '^[a-z][A-Za-z]{2,29}$');
alter table order_request add column data jsonb;

alter table order_clock drop constraint if exists order_clock_kind_check;
alter table order_clock add constraint order_clock_kind_check check (kind ~ '^[a-z][A-Za-z]{2,29}$');

-- The only reasons for which work may be suspended.
create table order_pause_condition (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  -- Longest time, in working days.
  permitted_days int not null check (permitted_days between 1 and 400),
  evidence_required boolean not null default true,
  -- Whether the unit must promise a date (承诺制).
  promise text not null default 'optional' check (promise in ('none', 'optional', 'required')),
  note text,
  active boolean not null default true,
  position int not null default 0,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_pause_condition (tenant_id, name);

create table order_pause (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  request_id uuid not null,
  condition_name text not null,
  round int not null,
  state text not null check (state in ('active', 'ended')),
  started_at timestamptz not null,
  permitted_until_at timestamptz not null,
  promised_at timestamptz,
  confirmed_at timestamptz,
  confirmed_by_name text,
  progress text,
  promiser_id uuid,
  promiser_name text not null,
  -- Which warnings were given: near, over, promise, due.
  warned text[] not null default '{}',
  ended_at timestamptz,
  end_kind text check (end_kind in ('resumed', 'byCentre', 'promiseLapsed', 'notOnTrack', 'timeOver', 'orderEnded')),
  end_reason text,
  ended_by_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, assignment_id) references order_assignment
);
create index on order_pause (tenant_id, order_id);
create index on order_pause (tenant_id, assignment_id);
create index on order_pause (tenant_id, permitted_until_at, id) where state = 'active';
create index on order_pause (tenant_id, started_at desc, id desc);
create index on order_pause (tenant_id, unit_id, started_at desc);
create unique index order_pause_one_active on order_pause (tenant_id, assignment_id) where state = 'active';
