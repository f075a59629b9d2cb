-- Duplicate check: where an appeal plays as keys of their own (written once, not with every act on the order), and what a check showed.

-- 'c:<cell>' is a square of about 300 m, 'a:<text>' the place as written, without punctuation.
create table order_place_key (
  tenant_id uuid not null,
  key text not null,
  registered_at timestamptz not null,
  order_id uuid not null,
  primary key (tenant_id, key, registered_at, order_id),
  foreign key (tenant_id, order_id) references order_order on delete cascade
);
create index on order_place_key (tenant_id, order_id);

create table order_duplicate_check (
  tenant_id uuid not null,
  -- The form's draft while it is being filled in.
  id uuid not null,
  agent_id uuid,
  agent_name text not null,
  order_id uuid,
  found jsonb not null,
  threshold double precision not null,
  choice text check (choice in ('none', 'repeat', 'supplement', 'urge', 'merge', 'eventSet')),
  chosen_order_id uuid,
  created_at timestamptz not null,
  answered_at timestamptz,
  primary key (tenant_id, id)
);
create index on order_duplicate_check (tenant_id, order_id) where order_id is not null;
create index on order_duplicate_check (tenant_id, created_at);
