-- What was read out of an order and by whom it was set right: complained-against subjects; causes of wrong dispatches.
create table ai_subject (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  -- As it stands in the text.
  raw text not null,
  name text not null,
  enterprise_id uuid,
  industry text,
  area_code text,
  out_of_area boolean not null default false,
  confidence real not null,
  by text not null check (by in ('machine', 'person')),
  -- A person said that it is none: the machine does not bring it again.
  dropped boolean not null default false,
  at timestamptz not null,
  by_name text,
  primary key (tenant_id, id)
);
create unique index on ai_subject (tenant_id, order_id, raw);
create index on ai_subject (tenant_id, enterprise_id) where enterprise_id is not null;
create index on ai_subject (tenant_id, at desc);

create table ai_misdispatch (
  tenant_id uuid not null,
  id uuid not null,
  assignment_id uuid not null,
  order_id uuid not null,
  proposed text not null,
  cause text not null check (cause in ('ruleGap', 'ambiguous', 'changedDuties', 'model', 'person', 'none')),
  note text not null default '',
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (tenant_id, id)
);
create unique index on ai_misdispatch (tenant_id, assignment_id);
create index on ai_misdispatch (tenant_id, at desc);
