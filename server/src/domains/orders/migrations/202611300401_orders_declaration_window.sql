-- When the upper platform takes declarations of exclusion and shelving, and what is prepared until then.
create table order_declaration_window (
  tenant_id uuid not null,
  id uuid not null,
  -- null: both kinds.
  kind text check (kind in ('exclude', 'shelve')),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  note text,
  -- Units with prepared declarations were told that it is open.
  told_at timestamptz,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  check (opens_at < closes_at)
);
create index on order_declaration_window (tenant_id, closes_at);
create index on order_declaration_window (tenant_id, opens_at) where told_at is null;

create table order_exclusion_draft (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  kind text not null check (kind in ('exclude', 'shelve')),
  reason_class text not null,
  reason text not null,
  expires_at timestamptz,
  -- The timeline entry that the evidence hangs on until it is declared.
  entry_id uuid not null,
  state text not null check (state in ('draft', 'passed', 'sentBack', 'submitted', 'discarded')),
  prepared_by uuid,
  prepared_by_name text not null,
  prepared_at timestamptz not null,
  reviewed_by_name text,
  reviewed_at timestamptz,
  opinion text,
  ended_at timestamptz,
  ended_by_name text,
  request_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, assignment_id) references order_assignment
);
create index on order_exclusion_draft (tenant_id, order_id);
create unique index on order_exclusion_draft (tenant_id, assignment_id) where state in ('draft', 'passed', 'sentBack');
create index on order_exclusion_draft (tenant_id, assignment_id);
create index on order_exclusion_draft (tenant_id, prepared_at, id);
