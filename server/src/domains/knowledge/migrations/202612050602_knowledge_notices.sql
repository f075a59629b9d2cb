-- Notices about knowledge: templates that speak by themselves, queues of what somebody hands out, and who was told of what.
create table knowledge_notice_template (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  title text not null,
  body text not null default '',
  -- byHand: only from a queue.
  trigger text not null check (trigger in ('added', 'changed', 'down', 'byHand')),
  delay_hours int not null check (delay_hours between 0 and 720),
  -- Empty: all types.
  type_codes text[] not null default '{}',
  -- Both together: somebody with one of these roles (empty: any) who holds this permission.
  role_codes text[] not null default '{}',
  permission text not null,
  enabled boolean not null,
  version int not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index knowledge_notice_template_name on knowledge_notice_template (tenant_id, name);

create table knowledge_notice_queue (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  owner_id uuid not null,
  owner_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index knowledge_notice_queue_name on knowledge_notice_queue (tenant_id, owner_id, name);

create table knowledge_notice (
  tenant_id uuid not null,
  id uuid not null,
  template_id uuid not null,
  -- Null: by trigger.
  queue_id uuid,
  item_id uuid not null,
  -- The version it speaks of; another one that holds by then makes it void.
  item_version int not null,
  trigger text not null,
  state text not null check (state in ('waiting', 'sent', 'void')),
  due_at timestamptz not null,
  sent_at timestamptz,
  title text not null default '',
  told int not null default 0,
  -- Held the role and the permission, but had been told of this version already.
  spared int not null default 0,
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, template_id) references knowledge_notice_template,
  foreign key (tenant_id, queue_id) references knowledge_notice_queue on delete set null (queue_id),
  foreign key (tenant_id, item_id) references knowledge_item on delete cascade
);
create index on knowledge_notice (tenant_id, state, due_at, id);
create index on knowledge_notice (tenant_id, template_id);
create index on knowledge_notice (tenant_id, queue_id);
create index on knowledge_notice (tenant_id, item_id);
create index on knowledge_notice (tenant_id, sent_at desc, id desc) where state = 'sent';

create table knowledge_notice_told (
  tenant_id uuid not null,
  item_id uuid not null,
  item_version int not null,
  about text not null,
  user_id uuid not null,
  primary key (tenant_id, item_id, item_version, about, user_id),
  foreign key (tenant_id, item_id) references knowledge_item on delete cascade
);
