-- Supervision of warning events: the task stands on the orders of the event; what the event said then is kept beside it (SUP-20).
alter table supervision_task drop constraint supervision_task_source_check;
alter table supervision_task add constraint supervision_task_source_check check (source in ('auto', 'manual', 'instruction', 'warning'));

create table supervision_event (
  tenant_id uuid not null,
  task_id uuid not null,
  event_id uuid not null,
  number text not null,
  title text not null,
  rule_id uuid not null,
  rule_name text not null,
  level text not null,
  raised_at timestamptz not null,
  started_at timestamptz not null,
  started_by_name text not null,
  primary key (tenant_id, task_id),
  foreign key (tenant_id, task_id) references supervision_task
);
create index on supervision_event (tenant_id, event_id);
create index on supervision_event (tenant_id, started_at desc, task_id desc);
