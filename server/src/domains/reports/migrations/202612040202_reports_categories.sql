-- Categories of reports as a tree (ANA-33). A category is known by its name, which templates and reports carry; one without a row is as it was delivered.
create table reports_category (
  tenant_id uuid not null references platform_tenant (id),
  name text not null,
  kind text not null check (kind in ('periodic', 'thematic')),
  parent text,
  department_id uuid,
  sort int not null default 100,
  state text not null default 'published' check (state in ('published', 'withdrawn')),
  edit int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, name),
  foreign key (tenant_id, parent) references reports_category (tenant_id, name)
);
create index on reports_category (tenant_id, parent);
create index on reports_report (tenant_id, category) where state <> 'withdrawn';
