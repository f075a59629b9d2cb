-- A step writes only the counters that are in use.
alter table data_rollup
  alter column c0 set default 0,
  alter column c1 set default 0,
  alter column c2 set default 0,
  alter column c3 set default 0,
  alter column c4 set default 0,
  alter column c5 set default 0,
  alter column c6 set default 0,
  alter column c7 set default 0,
  alter column c8 set default 0,
  alter column c9 set default 0,
  alter column c10 set default 0,
  alter column c11 set default 0,
  alter column c12 set default 0,
  alter column c13 set default 0,
  alter column c14 set default 0,
  alter column c15 set default 0;
