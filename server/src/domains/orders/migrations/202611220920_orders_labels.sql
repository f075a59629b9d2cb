-- Labels on orders, internal notes, and rules that put labels (ORD-11, ORD-12). The labels themselves are the platform's.

create table order_label (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  label_id uuid not null,
  source text not null check (source in ('person', 'rule', 'upper')),
  rule_id uuid,
  at timestamptz not null,
  by_name text not null,
  removed_at timestamptz,
  removed_by_name text,
  remove_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, label_id) references platform_label (tenant_id, id)
);
create unique index on order_label (tenant_id, order_id, label_id) where removed_at is null;
create index on order_label (tenant_id, order_id);
create index on order_label (tenant_id, label_id, at desc, order_id) where removed_at is null;
create index on order_label (tenant_id, label_id);
create index on order_label (tenant_id, rule_id, at desc) where rule_id is not null;

create table order_note (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  text text not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_note (tenant_id, order_id, at);
comment on table order_note is 'append-only: internal notes of the centre, never shown to requesters';

create table order_label_rule (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  label_id uuid not null,
  -- Acts of the timeline after which the rule is looked at; empty: any of them.
  acts text[] not null default '{}',
  condition jsonb not null,
  weight int not null default 0,
  enabled boolean not null default false,
  added int not null default 0,
  last_at timestamptz,
  changed_by_name text not null,
  changed_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, label_id) references platform_label (tenant_id, id)
);
create unique index on order_label_rule (tenant_id, name);
create index on order_label_rule (tenant_id, label_id);
create index on order_label_rule (tenant_id, weight desc) where enabled;
