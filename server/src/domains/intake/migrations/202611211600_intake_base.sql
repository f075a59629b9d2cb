-- Intake: channels, citizen accounts, one-time codes, submissions, ratings.

-- Only what a tenant changed; the shipped register stands in code.
create table intake_channel (
  tenant_id uuid not null,
  code text not null,
  name text not null,
  enabled boolean not null,
  opens_at_time text check (opens_at_time ~ '^\d\d:\d\d$'),
  closes_at_time text check (closes_at_time ~ '^\d\d:\d\d$'),
  notice text,
  max_files int check (max_files between 0 and 20),
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by_name text not null,
  primary key (tenant_id, code)
);

create table intake_account (
  tenant_id uuid not null,
  id uuid not null,
  phone_hash text not null,
  phone_enc text not null,
  phone_mask text not null,
  name text not null default '',
  id_type text,
  id_number_enc text,
  id_number_hash text,
  id_number_mask text,
  area_code text,
  address text,
  state text not null default 'active' check (state in ('active', 'paused')),
  state_reason text,
  created_at timestamptz not null,
  signed_in_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create unique index on intake_account (tenant_id, phone_hash);
create index on intake_account (tenant_id, signed_in_at desc, id desc);

create table intake_code (
  tenant_id uuid not null,
  phone_hash text not null,
  code_hash text not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null default 0,
  primary key (tenant_id, phone_hash)
);

-- How often something was tried: by keyed hash of a number, an address, an account.
create table intake_throttle (
  tenant_id uuid not null,
  key_hash text not null,
  started_at timestamptz not null,
  ends_at timestamptz not null,
  count int not null,
  primary key (tenant_id, key_hash)
);
create index on intake_throttle (tenant_id, ends_at);

create table intake_submission (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  client_key text not null,
  order_id uuid not null,
  channel text not null,
  answers jsonb,
  joined boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account,
  foreign key (tenant_id, order_id) references order_order
);
create unique index on intake_submission (tenant_id, account_id, client_key);
create index on intake_submission (tenant_id, order_id);

create table intake_rating (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  round int not null,
  account_id uuid not null,
  channel text not null,
  stars int not null check (stars between 1 and 5),
  satisfied text not null check (satisfied in ('yes', 'no')),
  solved text not null check (solved in ('yes', 'partly', 'no')),
  reasons text[] not null default '{}',
  text text,
  reopened boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, account_id) references intake_account
);
-- One rating per order and round (CBK-12).
create unique index on intake_rating (tenant_id, order_id, round);
create index on intake_rating (tenant_id, account_id);
