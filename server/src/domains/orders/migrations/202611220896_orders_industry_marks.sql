-- Industry class beside the competent department, and the objection of a department to such a mark (行业归属异议).
alter table order_declaration add column industry_class_id uuid, add column industry_class_name text;
-- Ruled by the centre: neither unit nor reviewer changes it any more.
alter table order_declaration add column industry_ruled boolean not null default false;

create table order_mark_objection (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  -- The mark that is objected to, as it stood then.
  department_id uuid not null,
  department_name text not null,
  class_id uuid,
  class_name text,
  marking_unit_id uuid not null,
  marking_unit_name text not null,
  state text not null check (state in ('asked', 'disputed', 'consented', 'kept', 'corrected', 'cancelled', 'superseded')),
  reason text not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  -- Until when the marking unit's leader answers; afterwards the centre decides.
  consent_due_at timestamptz not null,
  consent_opinion text,
  consent_by_name text,
  consent_at timestamptz,
  ruling_opinion text,
  ruled_by_name text,
  ruled_at timestamptz,
  new_department_name text,
  new_class_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_mark_objection (tenant_id, order_id);
create index on order_mark_objection (tenant_id, state, asked_at, id);
create unique index order_mark_objection_one_open on order_mark_objection (tenant_id, order_id) where state in ('asked', 'disputed');
