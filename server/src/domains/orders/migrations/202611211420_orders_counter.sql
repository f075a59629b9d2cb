-- A town and its county share the six digits of their area code: the sequence belongs to those digits and the day, not to the tenant.
drop table order_counter;
create table order_counter (
  area text not null,
  day text not null,
  value int not null,
  primary key (area, day)
);
comment on table order_counter is 'global: order numbers are unique in the deployment; incremented as the last statement before the insert, gaps are allowed';
