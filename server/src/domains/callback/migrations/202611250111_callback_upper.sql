-- Callback results of the upper platform, as its detail file gives them: one import a file, one row an order and month that counts.
create table callback_upper_import (
  tenant_id uuid not null,
  id uuid not null,
  -- The month the detail belongs to: 2026-11.
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  name text not null,
  row_count int not null,
  taken int not null,
  -- Rows that were refused: [{ row, field, message }].
  faults jsonb not null,
  by_id uuid,
  by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on callback_upper_import (tenant_id, created_at desc, id desc);

create table callback_upper_result (
  tenant_id uuid not null,
  id uuid not null,
  import_id uuid not null,
  month text not null,
  line int not null,
  order_id uuid not null,
  at timestamptz,
  contacted text not null check (contacted in ('yes', 'no', 'notStated')),
  solved text not null check (solved in ('yes', 'no', 'notStated')),
  satisfied text not null check (satisfied in ('yes', 'no', 'notStated')),
  opinion text,
  -- Why it differs from the own result, as a person found out.
  cause text,
  cause_by_name text,
  cause_at timestamptz,
  -- A later file said something about the same order and month: this row stays, but counts no more.
  replaced_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, import_id) references callback_upper_import (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index callback_upper_result_once on callback_upper_result (tenant_id, month, order_id) where replaced_at is null;
create index on callback_upper_result (tenant_id, import_id);
create index on callback_upper_result (tenant_id, order_id);

-- By which number the upper platform knows an order: its own one, where it sent the order, or ours.
create view callback_number_view as select tenant_id, id, number, upper_number from order_order;
