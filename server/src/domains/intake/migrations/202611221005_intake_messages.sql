-- Message centre of citizens, favourites.

create table intake_message (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('progress', 'result', 'policy', 'system')),
  title text not null,
  text text not null default '',
  link text,
  -- What happened once is told once, however often its event is delivered.
  once_key text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account
);
create unique index on intake_message (tenant_id, account_id, once_key);
create index on intake_message (tenant_id, account_id, created_at desc, id desc) where deleted_at is null;

create table intake_favourite (
  tenant_id uuid not null,
  account_id uuid not null,
  object_type text not null check (object_type in ('publication')),
  object_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, account_id, object_type, object_id),
  foreign key (tenant_id, account_id) references intake_account
);

-- Classes that the person does not want pushed; they stand in the centre all the same. Results are always pushed.
alter table intake_account add column muted_kinds text[] not null default '{}';
