-- One person, several doors (INT-04, INT-13): outside identities that are bound to a citizen account, the WeChat accounts of the centre, and what was pushed.

create table intake_identity (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  provider text not null check (provider in ('officialAccount', 'miniProgram', 'unified')),
  subject_hash text not null,
  subject_enc text not null,
  bound_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account
);
-- An outside identity belongs to one account, and an account has one of each kind.
create unique index on intake_identity (tenant_id, provider, subject_hash);
create unique index on intake_identity (tenant_id, account_id, provider);

create table intake_wechat (
  tenant_id uuid not null,
  app text not null check (app in ('officialAccount', 'miniProgram')),
  app_id text not null,
  -- Secret and callback token, encrypted.
  secrets_enc text not null,
  template_id text not null default '',
  title_key text not null default '',
  text_key text not null default '',
  time_key text not null default '',
  base_url text not null default '',
  enabled boolean not null default false,
  menu_at timestamptz,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, app)
);

create table intake_push (
  tenant_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  account_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts int not null default 0,
  reason text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, message_id) references intake_message,
  foreign key (tenant_id, account_id) references intake_account
);
-- One notice is pushed once.
create unique index on intake_push (tenant_id, message_id);
create index on intake_push (tenant_id, account_id);
