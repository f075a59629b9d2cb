-- Periodic confirmation by owner units, and the hot list of a cycle.
create table knowledge_policy (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  enabled boolean not null default true,
  -- Empty: all.
  directory_ids uuid[] not null default '{}',
  type_codes text[] not null default '{}',
  unit_ids uuid[] not null default '{}',
  period_days int not null check (period_days between 1 and 3650),
  deadline_days int not null check (deadline_days between 0 and 365),
  reminder_days int[] not null default '{}',
  -- What is overdue goes off the shelf by itself.
  suspends boolean not null default false,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index knowledge_policy_name on knowledge_policy (tenant_id, name);

create table knowledge_confirmation (
  tenant_id uuid not null,
  id uuid not null,
  policy_id uuid not null,
  item_id uuid not null,
  unit_id uuid not null,
  state text not null check (state in ('open', 'done', 'gone')),
  begun_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by_name text,
  overdue_told boolean not null default false,
  reminded_days int[] not null default '{}',
  primary key (tenant_id, id)
);
create unique index knowledge_confirmation_open on knowledge_confirmation (tenant_id, item_id) where state = 'open';
create index on knowledge_confirmation (tenant_id, state, due_at, id);
create index on knowledge_confirmation (tenant_id, unit_id, state);
create index on knowledge_confirmation (tenant_id, policy_id);

-- What was made prominent or kept out of the hot list by an editor.
create table knowledge_hot (
  tenant_id uuid not null,
  item_id uuid not null,
  mode text not null check (mode in ('pin', 'hide')),
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, item_id)
);
