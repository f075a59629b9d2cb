-- Departments under a leader (SUP-29), stages of a task with person and limit (SUP-14), lists told to their recipients (SUP-09).
create table supervision_leader_unit (
  tenant_id uuid not null,
  user_id uuid not null,
  unit_id uuid not null,
  user_name text not null,
  unit_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, unit_id)
);

-- What the rule said when the task was opened; running tasks keep theirs. Stages whose person was told that the limit has passed.
alter table supervision_task add column stages jsonb not null default '[]', add column stages_told text[] not null default '{}';

create table supervision_list_notice (
  tenant_id uuid not null,
  rule_id uuid not null,
  slot text not null,
  at timestamptz not null,
  counted int not null,
  told int not null,
  primary key (tenant_id, rule_id, slot),
  foreign key (tenant_id, rule_id) references supervision_rule on delete cascade
);
