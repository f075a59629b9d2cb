-- Beside the orders of a month, its tasks, clocks and callbacks stand in files of their own, written together.
alter table data_history_month add column parts jsonb not null default '{}';
comment on column data_history_month.parts is 'rows of each file beside the orders';
