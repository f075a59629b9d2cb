-- Closing opinions from templates, and what is declared at closing.
create table order_closing_template (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  level text not null check (level in ('any', 'section', 'unit', 'centre')),
  unit_id uuid,
  appeal_type text,
  category_id uuid,
  matter_id uuid,
  -- [{key, label, required, hint, text}]
  parts jsonb not null,
  -- Text with {key} for each part.
  layout text not null,
  active boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on order_closing_template (tenant_id, name);

-- Template and parts that a feedback was composed of.
alter table order_feedback add column closing jsonb;

create table order_declaration (
  tenant_id uuid not null,
  order_id uuid not null,
  industry_unit_id uuid,
  industry_unit_name text,
  basis text,
  outside_area boolean not null default false,
  outside_detail text,
  assignment_id uuid,
  unit_id uuid,
  unit_name text,
  declared_by_name text not null,
  declared_at timestamptz not null,
  corrected_by_name text,
  corrected_at timestamptz,
  primary key (tenant_id, order_id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_declaration (tenant_id, declared_at desc, order_id desc);
create index on order_declaration (tenant_id, declared_at desc) where outside_area;
create index on order_declaration (tenant_id, industry_unit_id);

-- Declared not to count (剔除), or to count later (挂账).
create table order_exclusion (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  request_id uuid not null,
  kind text not null check (kind in ('exclude', 'shelve')),
  reason_class text not null,
  reason text not null,
  unit_id uuid not null,
  unit_name text not null,
  state text not null check (state in ('approved', 'expired', 'lifted')),
  approved_at timestamptz not null,
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by_name text,
  end_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_exclusion (tenant_id, order_id);
create index on order_exclusion (tenant_id, approved_at desc, id desc);
create index on order_exclusion (tenant_id, expires_at) where state = 'approved';
