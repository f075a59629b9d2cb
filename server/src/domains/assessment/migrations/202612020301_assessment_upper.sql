-- The upper platform's detail of a month: one import a file, one row an order that counts; what its subjects are compared with is read from the orders.
create table assessment_upper_import (
  tenant_id uuid not null,
  id uuid not null,
  -- The month the detail belongs to: 2026-11.
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  file_name text not null,
  file_id uuid not null,
  -- Field → column of the file.
  mapping jsonb not null,
  -- The whole month was replaced, or only the orders of the file.
  whole boolean not null,
  row_count int not null,
  taken int not null,
  fault_count int not null,
  -- The first refused rows: [{ line, field, message }].
  faults jsonb not null,
  by_id uuid,
  by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on assessment_upper_import (tenant_id, month, created_at desc, id desc);

create table assessment_upper_row (
  tenant_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  month text not null,
  line int not null,
  order_id uuid not null,
  contacted text not null check (contacted in ('yes', 'no', 'notStated')),
  solved text not null check (solved in ('yes', 'no', 'notStated')),
  satisfied text not null check (satisfied in ('yes', 'no', 'notStated')),
  -- null: the file does not say.
  not_counted boolean,
  shelving_ended boolean,
  key_event boolean,
  removed boolean,
  removed_reason text,
  unit_name text,
  case_type text,
  source text,
  -- A later file took the place of this row: it stays, but counts no more.
  replaced_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, import_id) references assessment_upper_import,
  foreign key (tenant_id, order_id) references order_order
);
create unique index assessment_upper_row_once on assessment_upper_row (tenant_id, month, order_id) where replaced_at is null;
create index on assessment_upper_row (tenant_id, import_id);
create index on assessment_upper_row (tenant_id, order_id);

-- Why an order differs in a subject, as a person found out; it outlives a corrected file.
create table assessment_upper_cause (
  tenant_id uuid not null,
  month text not null,
  order_id uuid not null,
  subject text not null,
  cause text not null,
  note text,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, month, order_id, subject),
  foreign key (tenant_id, order_id) references order_order
);
create index on assessment_upper_cause (tenant_id, order_id);

-- Cases that the upper platform itself does not assess (主动剔除): since when, and when it took that back.
create table assessment_removed_mark (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  reason text,
  since_at timestamptz not null,
  since_import_id uuid not null,
  ended_at timestamptz,
  ended_import_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, since_import_id) references assessment_upper_import,
  foreign key (tenant_id, ended_import_id) references assessment_upper_import
);
create unique index assessment_removed_mark_once on assessment_removed_mark (tenant_id, order_id) where ended_at is null;
create index on assessment_removed_mark (tenant_id, order_id);
create index on assessment_removed_mark (tenant_id, since_at desc, id desc);
create index on assessment_removed_mark (tenant_id, since_import_id);
create index on assessment_removed_mark (tenant_id, ended_import_id);

-- By which number the upper platform knows an order: its own one, where it sent the order, or ours.
create view assessment_number_view as select tenant_id, id, number, upper_number from order_order;
