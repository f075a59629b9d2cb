-- Enterprise accounts (INT-24), their people (PLA-34) and service levels (INT-25).
create table intake_enterprise (
  tenant_id uuid not null,
  id uuid not null,
  credit_code text not null,
  name text not null,
  industry text not null default '',
  size text not null default '',
  address text not null default '',
  state text not null check (state in ('pending', 'refused', 'active', 'paused', 'closed')),
  state_reason text,
  -- [{ check, result, text }] of the automatic verification.
  checks jsonb not null,
  staff_count int,
  revenue numeric(14, 2),
  tax numeric(14, 2),
  employed int,
  level text,
  -- Null: by rule.
  level_reason text,
  level_by_name text,
  note text not null default '',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
-- A refused or closed one may apply anew.
create unique index on intake_enterprise (tenant_id, credit_code) where state in ('pending', 'active', 'paused');
create index on intake_enterprise (tenant_id, created_at desc, id desc);
create index on intake_enterprise (tenant_id, industry);

create table intake_enterprise_contact (
  tenant_id uuid not null,
  id uuid not null,
  enterprise_id uuid not null,
  account_id uuid not null,
  role text not null check (role in ('admin', 'contact')),
  name text not null,
  post text not null default '',
  added_at timestamptz not null,
  left_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, enterprise_id) references intake_enterprise,
  foreign key (tenant_id, account_id) references intake_account
);
create unique index on intake_enterprise_contact (tenant_id, enterprise_id, account_id) where left_at is null;
create index on intake_enterprise_contact (tenant_id, enterprise_id);
create index on intake_enterprise_contact (tenant_id, account_id) where left_at is null;

create table intake_enterprise_state (
  tenant_id uuid not null,
  id uuid not null,
  enterprise_id uuid not null,
  act text not null,
  from_state text,
  to_state text not null,
  reason text not null default '',
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, enterprise_id) references intake_enterprise
);
create index on intake_enterprise_state (tenant_id, enterprise_id, at);
comment on table intake_enterprise_state is 'append-only: what happened to an enterprise account, by whom and why';

alter table intake_submission add column enterprise_id uuid;
alter table intake_submission add foreign key (tenant_id, enterprise_id) references intake_enterprise;
create index on intake_submission (tenant_id, enterprise_id);

-- Service levels go before others in the queue of conversations.
alter table intake_chat_session add column priority int not null default 0;
create index on intake_chat_session (tenant_id, priority desc, queued_at, id) where state = 'queued';
