-- The BPMN subset: gateways that split and join, services, expressions, timers, calls; definitions per tenant and area; drafts with revisions.

alter table flow_definition drop constraint flow_definition_key_key, drop constraint flow_definition_name_key, drop constraint flow_definition_check, drop constraint flow_definition_check1;
alter table flow_definition
  add constraint flow_definition_tenant check ((scope = 'deployment') = (scope_tenant_id is null)),
  add constraint flow_definition_area check ((scope = 'area') = (area_code is not null)),
  add column previous_key text,
  add column next_key text;
-- A tenant's own variant bears the key of the process it takes the place of.
create unique index flow_definition_key on flow_definition (key, coalesce(scope_tenant_id, '00000000-0000-0000-0000-000000000000'), coalesce(area_code, ''));
create index on flow_definition (scope_tenant_id);

alter table flow_version drop constraint flow_version_state_check;
alter table flow_version
  add constraint flow_version_state_check check (state in ('draft', 'scheduled', 'published', 'history')),
  add column options jsonb not null default '{}',
  add column note text,
  add column revision int not null default 1,
  add column changed_at timestamptz,
  add column changed_by_name text,
  add column published_by_name text,
  add column effective_at timestamptz,
  add column retired_at timestamptz;
create index flow_version_scheduled on flow_version (effective_at) where state = 'scheduled';

alter table flow_node drop constraint flow_node_kind_check;
alter table flow_node
  add constraint flow_node_kind_check check (kind in ('start', 'end', 'userTask', 'serviceTask', 'expressionTask', 'exclusive', 'parallel', 'inclusive', 'timer', 'call')),
  add column time_limit jsonb,
  add column props jsonb not null default '{}';
update flow_node set time_limit = jsonb_build_object('amount', limit_hours, 'unit', 'naturalHours') where limit_hours is not null;
alter table flow_node drop column limit_hours;

alter table flow_edge add column name text;
-- Conditions become expressions.
update flow_edge set condition = to_jsonb((condition ->> 'variable') || ' ' || (condition ->> 'op') || ' ' || (condition -> 'value')::text) where jsonb_typeof(condition) = 'object';

alter table flow_instance
  add column parent_id uuid,
  add column parent_token_id uuid,
  add column level int not null default 0,
  add column approved boolean not null default false,
  add column end_key text,
  add column suspended_at timestamptz;
create index on flow_instance (tenant_id, parent_id) where parent_id is not null;
create index on flow_instance (tenant_id, definition_key, started_at desc, id desc);

alter table flow_token
  add column kind text not null default 'task' check (kind in ('task', 'call', 'join')),
  add column visit_id uuid,
  add column edge int,
  add column must boolean not null default true,
  add column own boolean not null default false,
  add column candidates uuid[],
  add column resume_unit_id uuid,
  add column outcome text;
update flow_token set visit_id = id;
alter table flow_token alter column visit_id set not null;
create index flow_token_candidates on flow_token using gin (candidates) where closed_at is null and candidates is not null;
create index on flow_token (tenant_id, node_key, opened_at);
comment on column flow_token.kind is 'task: waits for people; call: waits for a process within; join: arrived at a gateway by route `edge` and waits for the others';
comment on column flow_token.visit_id is 'tokens of one stay at a node: several where several sign';

create table flow_timer (
  tenant_id uuid not null,
  id uuid not null,
  instance_id uuid not null,
  visit_id uuid not null,
  node_key text not null,
  due_at timestamptz not null,
  fired_at timestamptz,
  cancelled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references flow_instance
);
create index on flow_timer (tenant_id, instance_id);
create index flow_timer_due on flow_timer (tenant_id, due_at) where fired_at is null and cancelled_at is null;
comment on table flow_timer is 'Timers of steps that wait; swept, so a due time may be recomputed.';

alter table flow_record drop constraint flow_record_outcome_check;
alter table flow_record
  add constraint flow_record_outcome_check check (outcome in ('start', 'approve', 'return', 'passUp', 'skip', 'reassign', 'end', 'withdraw', 'addSigner', 'forward', 'jump', 'timeout', 'service', 'suspend', 'resume')),
  add column trail int[] not null default '{}';
comment on column flow_record.trail is 'routes (positions of edges) that were passed because of it';
