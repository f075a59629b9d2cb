-- Joint tasks of linked units (协同任务): who can be called upon, what each delivers, by when, and how the requester found it.
create table order_linked_unit (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('department', 'institution', 'enterprise')),
  name text not null,
  -- Where its people sign in here; without it the lead or the centre writes down what it delivers.
  unit_id uuid,
  duties text,
  contact_name text,
  contact_phone_enc text,
  contact_phone_mask text,
  -- view: reads the order; feedback: also delivers.
  rights text not null check (rights in ('view', 'feedback')),
  active boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_linked_unit (tenant_id, name);
create index on order_linked_unit (tenant_id, unit_id);

create table order_joint (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  -- The event set that the task is about; the order is its leading one then.
  set_id uuid,
  title text not null,
  goal text not null,
  way text,
  state text not null check (state in ('open', 'concluded', 'ended')),
  lead_unit_id uuid not null,
  lead_unit_name text not null,
  opened_by_name text not null,
  opened_at timestamptz not null,
  measures text,
  compensation text,
  later text,
  plain text,
  told_by text check (told_by in ('sms', 'phone', 'none')),
  ended_by_name text,
  ended_at timestamptz,
  end_reason text,
  timeliness int check (timeliness between 1 and 5),
  satisfaction int check (satisfaction between 1 and 5),
  communication int check (communication between 1 and 5),
  rating_note text,
  rated_at timestamptz,
  rated_by_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_joint (tenant_id, order_id);
create index on order_joint (tenant_id, opened_at desc, id desc);
create index on order_joint (tenant_id, id) where state = 'open';
create unique index order_joint_one_open on order_joint (tenant_id, order_id) where state = 'open';

create table order_joint_member (
  tenant_id uuid not null,
  id uuid not null,
  joint_id uuid not null,
  linked_id uuid,
  unit_id uuid,
  name text not null,
  duty text not null,
  rights text not null check (rights in ('view', 'feedback')),
  due_at timestamptz,
  delivered_at timestamptz,
  delivered_by_name text,
  deliverable text,
  late boolean not null default false,
  warned_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, joint_id) references order_joint,
  foreign key (tenant_id, linked_id) references order_linked_unit
);
create index on order_joint_member (tenant_id, joint_id);
create index on order_joint_member (tenant_id, linked_id);
create index on order_joint_member (tenant_id, unit_id);
create index on order_joint_member (tenant_id, due_at) where delivered_at is null;

create table order_joint_node (
  tenant_id uuid not null,
  joint_id uuid not null,
  n int not null,
  name text not null,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by_name text,
  note text,
  warned_at timestamptz,
  primary key (tenant_id, joint_id, n),
  foreign key (tenant_id, joint_id) references order_joint
);
create index on order_joint_node (tenant_id, due_at) where done_at is null;

-- For assessment: how each unit took part; no words.
create view orders_pub_joint_view as
  select m.tenant_id, m.id, j.id as joint_id, j.order_id, j.state, j.opened_at, j.ended_at, m.unit_id, m.name, m.rights, m.due_at, m.delivered_at, m.late, j.timeliness, j.satisfaction, j.communication
  from order_joint_member m join order_joint j on j.tenant_id = m.tenant_id and j.id = m.joint_id;
