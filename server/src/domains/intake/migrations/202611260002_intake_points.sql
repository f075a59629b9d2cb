-- Points for appeals and the store they are spent in.
create table intake_points_account (
  tenant_id uuid not null,
  account_id uuid not null,
  balance int not null default 0,
  earned int not null default 0,
  redeemed int not null default 0,
  offset_points int not null default 0,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references intake_account
);

create table intake_points_entry (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('earned', 'offset', 'redeemed', 'returned')),
  event text check (event in ('submitted', 'closed', 'rated')),
  points int not null check (points <> 0),
  balance int not null,
  order_id uuid,
  order_number text,
  redemption_id uuid,
  text text not null,
  -- The tenant's day, by which the daily maximum counts.
  on_day date not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account
);
-- Each event of an order gives once, and is taken back once.
create unique index on intake_points_entry (tenant_id, order_id, kind, event) where order_id is not null;
create index on intake_points_entry (tenant_id, account_id, at desc, id desc);
create index on intake_points_entry (tenant_id, account_id, on_day) where kind = 'earned';
comment on table intake_points_entry is 'append-only: every change of a balance of points, with the balance after it';

create table intake_store_item (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('goods', 'virtual')),
  description text not null default '',
  -- Shown with a redemption: how the benefit is used.
  usage_note text not null default '',
  points int not null check (points > 0),
  stock int not null check (stock >= 0),
  per_person int not null check (per_person >= 0),
  until_on date,
  state text not null check (state in ('draft', 'offered', 'stopped')),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
comment on column intake_store_item.per_person is '0: no limit';

create table intake_redemption (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  account_id uuid not null,
  item_id uuid not null,
  item_name text not null,
  kind text not null check (kind in ('goods', 'virtual')),
  pieces int not null check (pieces > 0),
  points int not null,
  state text not null check (state in ('placed', 'sent', 'delivered', 'done', 'cancelled')),
  receiver_enc text,
  receiver_mask text,
  carrier text,
  tracking text,
  cancel_reason text,
  client_key text not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  ended_at timestamptz,
  version int not null default 1,
  changed_by_name text not null,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, client_key),
  unique (tenant_id, code),
  foreign key (tenant_id, account_id) references intake_account,
  foreign key (tenant_id, item_id) references intake_store_item
);
create index on intake_redemption (tenant_id, created_at desc, id desc);
create index on intake_redemption (tenant_id, account_id, created_at desc, id desc);
create index on intake_redemption (tenant_id, item_id, account_id);
