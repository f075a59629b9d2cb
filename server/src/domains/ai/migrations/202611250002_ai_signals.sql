-- What was read of an order once: its feeling, the words it tells by (AI-26, AI-31); labels proposed from many (AI-35).
create table ai_reading (
  tenant_id uuid not null,
  order_id uuid not null,
  -- Of the order's registration.
  at timestamptz not null,
  polarity text not null check (polarity in ('negative', 'neutral', 'positive')),
  strength int not null,
  ironic boolean not null default false,
  words text[] not null default '{}',
  terms text[] not null default '{}',
  primary key (tenant_id, order_id)
);
create index on ai_reading (tenant_id, at);
create index on ai_reading (tenant_id, polarity, order_id) where polarity <> 'neutral';

create table ai_surge (
  tenant_id uuid not null,
  id uuid not null,
  term text not null,
  kind text not null check (kind in ('subject', 'place', 'word')),
  day date not null,
  orders int not null,
  mean real not null,
  last_year int not null default 0,
  -- Orders a day of the 28 days before and the last one.
  curve int[] not null,
  order_ids uuid[] not null,
  state text not null check (state in ('open', 'setMade', 'labelProposed', 'dismissed')),
  found_at timestamptz not null,
  decided_by_name text,
  primary key (tenant_id, id)
);
create unique index on ai_surge (tenant_id, term, day);
create index on ai_surge (tenant_id, state, found_at desc, id desc);

create table ai_label_proposal (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  definition text not null,
  keywords text[] not null,
  order_ids uuid[] not null,
  orders int not null,
  state text not null check (state in ('proposed', 'confirmed', 'rejected')),
  label_id uuid,
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text,
  primary key (tenant_id, id)
);
create index on ai_label_proposal (tenant_id, state, proposed_at desc, id desc);
