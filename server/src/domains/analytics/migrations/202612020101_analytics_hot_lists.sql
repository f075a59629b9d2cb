-- Weekly and monthly lists of hot events: made once for their days; an event remembers the list it came from.
alter table analytics_hot_event add column list text not null default 'own' check (list in ('week', 'month', 'own'));
create table analytics_hot_list (
  tenant_id uuid not null references platform_tenant (id),
  list text not null check (list in ('week', 'month')),
  from_day date not null,
  made int not null,
  made_at timestamptz not null,
  primary key (tenant_id, list, from_day)
);
comment on table analytics_hot_list is 'Which weeks and months have their list of hot events.';
