-- Event sets (ORD-62) and merges (ORD-63).

create table order_event_set (
  tenant_id uuid not null,
  id uuid not null,
  number text not null,
  title text not null,
  core text not null,
  -- Communities and people touched, as a person or the proposal says.
  communities text[] not null default '{}',
  people int,
  area_code text,
  matter_id uuid,
  matter_name text,
  state text not null check (state in ('proposed', 'open', 'dispatched', 'answered', 'dissolved')),
  source text not null default 'person' check (source in ('person', 'duplicate', 'engine')),
  -- The member that is dispatched and answered for all.
  lead_order_id uuid,
  advice text,
  -- Unified plan of a major event: duties and time nodes.
  plan jsonb not null default '[]',
  reply text,
  reply_basis text,
  public_notice boolean not null default false,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  confirmed_by_name text,
  confirmed_at timestamptz,
  dispatched_at timestamptz,
  answered_at timestamptz,
  version int not null default 1,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_order_id) references order_order
);
create unique index on order_event_set (tenant_id, number);
create index on order_event_set (tenant_id, state, created_at desc, id desc);
create index on order_event_set (tenant_id, created_at desc, id desc);
create index on order_event_set (tenant_id, lead_order_id) where lead_order_id is not null;

create table order_event_member (
  tenant_id uuid not null,
  set_id uuid not null,
  order_id uuid not null,
  state text not null check (state in ('proposed', 'joined', 'removed')),
  -- Match with the set's core, where a comparison said so.
  score double precision,
  -- Carried: goes on with the leading order, without assignments of its own.
  carried boolean not null default false,
  answered_at timestamptz,
  told_at timestamptz,
  joined_at timestamptz not null,
  joined_by_name text not null,
  removed_reason text,
  primary key (tenant_id, set_id, order_id),
  foreign key (tenant_id, set_id) references order_event_set,
  foreign key (tenant_id, order_id) references order_order
);
-- An order belongs to one set at a time.
create unique index on order_event_member (tenant_id, order_id) where state = 'joined';
create index on order_event_member (tenant_id, order_id);

create table order_merge (
  tenant_id uuid not null,
  id uuid not null,
  number text not null,
  title text not null,
  reason text,
  lead_order_id uuid not null,
  state text not null check (state in ('draft', 'sent', 'undone')),
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  undone_at timestamptz,
  undone_reason text,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, lead_order_id) references order_order
);
create unique index on order_merge (tenant_id, number);
create index on order_merge (tenant_id, created_at desc, id desc);
create index on order_merge (tenant_id, lead_order_id);

create table order_merge_member (
  tenant_id uuid not null,
  merge_id uuid not null,
  order_id uuid not null,
  state text not null check (state in ('chosen', 'merged', 'restored')),
  -- State before merging, for restoring.
  prior_state text,
  merged_at timestamptz,
  answered_at timestamptz,
  primary key (tenant_id, merge_id, order_id),
  foreign key (tenant_id, merge_id) references order_merge on delete cascade,
  foreign key (tenant_id, order_id) references order_order
);
create unique index on order_merge_member (tenant_id, order_id) where state = 'merged';
create index on order_merge_member (tenant_id, order_id);
