-- Kinds of orders that go their own way (ORD-18), forms of merged lines (ORD-05), enterprise orders (ORD-19), queues of task forces (ORD-20).
create table order_profile (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  -- The first enabled profile whose conditions hold is the order's.
  position int not null default 100,
  shipped boolean not null default false,
  enabled boolean not null default false,
  definition jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_profile (tenant_id, code);
create index on order_profile (tenant_id, position, code) where enabled;

-- An order keeps the version it was matched with.
create table order_profile_version (
  tenant_id uuid not null,
  profile_id uuid not null,
  version int not null,
  name text not null,
  definition jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, profile_id, version),
  foreign key (tenant_id, profile_id) references order_profile
);
comment on table order_profile_version is 'append-only: definitions as they were when orders were matched';

create table order_task_force (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  -- Minutes without anybody on duty after which its orders fall back to the general pool; null: the tenant's setting.
  fallback_minutes int,
  enabled boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_task_force (tenant_id, code);

create table order_task_force_member (
  tenant_id uuid not null,
  force_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  primary key (tenant_id, force_id, user_id),
  foreign key (tenant_id, force_id) references order_task_force
);
create index on order_task_force_member (tenant_id, user_id);

-- The roster: who sorts when.
create table order_task_force_duty (
  tenant_id uuid not null,
  id uuid not null,
  force_id uuid not null,
  user_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, force_id) references order_task_force
);
create index on order_task_force_duty (tenant_id, force_id, ends_at);

alter table order_order
  add column line text,
  add column line_form_id uuid,
  add column line_data jsonb,
  add column profile_id uuid,
  add column profile_version int,
  add column profile_by text check (profile_by in ('rule', 'person')),
  add column profile_form_id uuid,
  add column profile_data jsonb,
  -- What the closing seat said of the profile's values.
  add column profile_values text check (profile_values in ('approved', 'returned')),
  -- Task force that sorts it; null for the general pool.
  add column queue text,
  add column queue_since_at timestamptz,
  -- The queue it fell out of because nobody was on duty.
  add column queue_left text,
  add column enterprise_id uuid,
  add column enterprise_name text,
  add column enterprise_code text,
  add column legal_person boolean,
  add column extent text check (extent in ('one', 'industry')),
  add column enterprise_grade text,
  -- Class of the order's own kind: enterprise or tourism scheme of the standard.
  add column special_class_id uuid;
create index on order_order (tenant_id, profile_id, registered_at desc) where profile_id is not null;
create index on order_order (tenant_id, queue, queue_since_at) where queue is not null;
create index on order_order (tenant_id, enterprise_id, registered_at desc) where enterprise_id is not null;
create index on order_order (tenant_id, enterprise_code) where enterprise_code is not null;
create index on order_order (tenant_id, line, registered_at desc) where line is not null;
