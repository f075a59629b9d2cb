-- Prepaid accounts of enterprises: one balance each, an append-only ledger, and the key under which payment notices are signed.
create table intake_prepaid_account (
  tenant_id uuid not null,
  enterprise_id uuid not null,
  -- Money is in cents (分) throughout.
  balance int not null default 0,
  -- Number of the last entry; the lock of this row numbers them without gaps.
  entries int not null default 0,
  -- Told once that little is left, until it is topped up above the mark.
  warned_at timestamptz,
  updated_at timestamptz not null,
  primary key (tenant_id, enterprise_id),
  foreign key (tenant_id, enterprise_id) references intake_enterprise
);

create table intake_ledger_entry (
  tenant_id uuid not null,
  id uuid not null,
  enterprise_id uuid not null,
  seq int not null,
  kind text not null check (kind in ('topUp', 'appeal')),
  -- What it added to the balance: negative for a charge.
  amount int not null check ((kind = 'topUp') = (amount > 0)),
  balance int not null,
  way text check (way in ('transfer', 'online')),
  notice_id text,
  paid_at timestamptz,
  order_id uuid,
  order_number text,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, enterprise_id, seq),
  foreign key (tenant_id, enterprise_id) references intake_enterprise
);
create unique index on intake_ledger_entry (tenant_id, notice_id) where notice_id is not null;
create unique index on intake_ledger_entry (tenant_id, order_id) where order_id is not null;
create index on intake_ledger_entry (tenant_id, enterprise_id, at desc, id desc);
create index on intake_ledger_entry (tenant_id, at desc, id desc);
comment on table intake_ledger_entry is 'append-only: every change of a prepaid balance, with the balance after it';

create table intake_payment_gateway (
  tenant_id uuid primary key,
  algorithm text not null check (algorithm in ('hmac-sm3', 'hmac-sha256')),
  secret_enc text not null,
  enabled boolean not null,
  version int not null,
  changed_at timestamptz not null,
  changed_by_name text not null
);
