-- Reports laid out like a spreadsheet (ANA-40): the workbook with its bindings as data, and what people enter in their cells by period.
create table reports_sheet (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  name text not null,
  folder text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- What is being edited; null once published.
  draft jsonb,
  published jsonb,
  version int not null default 0,
  edit int not null default 1,
  readers jsonb not null,
  fillers jsonb not null,
  created_at timestamptz not null,
  created_by_name text not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on reports_sheet (tenant_id, folder, name) where state <> 'withdrawn';

create table reports_sheet_entry (
  tenant_id uuid not null,
  sheet_id uuid not null,
  from_day date not null,
  -- Name of the table and address: 表一!B5
  place text not null,
  value jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, sheet_id, from_day, place),
  foreign key (tenant_id, sheet_id) references reports_sheet (tenant_id, id)
);
