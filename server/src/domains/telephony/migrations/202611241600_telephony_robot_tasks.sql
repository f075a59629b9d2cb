-- Dial tasks of a robot: the called person goes through a voice flow, and what was keyed in is the task's answer (TEL-46, CBK-06).
alter table telephony_dial_task
  -- Code of the flow; null: people dial.
  add column robot_flow text,
  add column robot_variables jsonb,
  add column answers jsonb;
drop index telephony_dial_task_tenant_id_priority_due_at_id_idx;
create index on telephony_dial_task (tenant_id, priority, due_at, id) where state = 'waiting' and robot_flow is null;
create index on telephony_dial_task (tenant_id, priority, due_at, id) where state = 'waiting' and robot_flow is not null;
create index on telephony_dial_task (tenant_id, origin, origin_id);
-- A robot's attempts are nobody's.
alter table telephony_dial_attempt alter column agent_id drop not null;
