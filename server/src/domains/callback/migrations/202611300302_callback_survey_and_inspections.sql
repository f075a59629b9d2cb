-- Agents after whom callers are not asked for a rating (CBK-13), and callbacks on inspection cases (CBK-15).

create table callback_survey_off (
  tenant_id uuid not null,
  agent_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  reason text not null default '',
  primary key (tenant_id, agent_id)
);
comment on table callback_survey_off is 'A row switches the survey off for one agent; no row: it is offered';

create table callback_inspection (
  tenant_id uuid not null,
  id uuid not null,
  -- A closed inspection case of supervision.
  case_id uuid not null,
  called_at timestamptz not null,
  way text not null check (way in ('call', 'inPerson')),
  reason text not null,
  body_grade text not null check (body_grade in ('satisfied', 'basically', 'dissatisfied')),
  unit_grade text not null check (unit_grade in ('satisfied', 'basically', 'dissatisfied')),
  note text not null default '',
  caller_id uuid not null,
  caller_name text not null,
  at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references supervision_case
);
create index on callback_inspection (tenant_id, case_id, called_at desc);

create table callback_inspection_change (
  tenant_id uuid not null,
  id uuid not null,
  inspection_id uuid not null,
  at timestamptz not null,
  by_name text not null,
  -- The record as it stood before.
  before jsonb not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, inspection_id) references callback_inspection
);
create index on callback_inspection_change (tenant_id, inspection_id, at);
comment on table callback_inspection_change is 'append-only: what a record of a callback said before it was modified';
