-- Figures that no order tells: entered or imported in sheets with evidence, looked at by somebody else, then read by the rules of a period.
create table assessment_figure_sheet (
  tenant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  source text not null check (source in ('entered', 'imported')),
  state text not null check (state in ('pending', 'approved', 'returned', 'withdrawn')),
  note text not null default '',
  entered_at timestamptz not null,
  entered_by_id uuid,
  entered_by_name text not null,
  decided_at timestamptz,
  decided_by_name text,
  opinion text,
  primary key (tenant_id, id),
  foreign key (tenant_id, period_id) references assessment_period (tenant_id, id)
);
create index on assessment_figure_sheet (tenant_id, period_id, entered_at desc);

create table assessment_figure (
  tenant_id uuid not null,
  id uuid not null,
  sheet_id uuid not null,
  object_id uuid not null,
  -- Input of the rules.
  code text not null,
  -- Decimal; null: the source gave none, for the reason.
  value text check (value ~ '^-?[0-9]{1,9}(\.[0-9]{1,6})?$'),
  -- What stood when it was entered.
  before text,
  reason text not null default '',
  primary key (tenant_id, id),
  unique (tenant_id, sheet_id, object_id, code),
  check (value is not null or reason <> ''),
  foreign key (tenant_id, sheet_id) references assessment_figure_sheet (tenant_id, id),
  foreign key (tenant_id, object_id) references assessment_object (tenant_id, id)
);
create index on assessment_figure (tenant_id, object_id);
comment on table assessment_figure is 'append-only: a corrected figure is a row of a later sheet';
