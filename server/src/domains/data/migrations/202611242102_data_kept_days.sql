-- Days are summed only for the recent past; older periods are read by month. Nothing before this day is in the day rows.
alter table data_kept add column days_from date not null default '0001-01-01';
