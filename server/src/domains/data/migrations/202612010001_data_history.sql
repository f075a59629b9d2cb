-- Which months of registration stand in files: a month that changed is counted from its rows until its file is written again.
create table data_history_month (
  tenant_id uuid not null,
  month date not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  file text,
  rows int not null default 0,
  -- Goes up with every change of the month's rows; a file is of the number it was begun with.
  changes bigint not null default 0,
  changed_at timestamptz not null,
  written_changes bigint,
  written_at timestamptz,
  primary key (tenant_id, month)
);
comment on column data_history_month.file is 'name in the folder of the history; null: not written yet';

-- Orders were counted by what a held write answers, which is nothing: the sums stood unused.
update data_kept k set orders = (select count(*) from data_order_fact f where f.tenant_id = k.tenant_id);
