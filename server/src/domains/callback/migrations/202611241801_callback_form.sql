-- The personal form by SMS: one link a task, its token known only by its hash.
create table callback_form (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  order_id uuid not null,
  token_hash text not null,
  phone_mask text not null,
  sms_id uuid not null,
  state text not null check (state in ('sent', 'answered', 'expired', 'followed', 'undelivered', 'closed')),
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  opened_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, task_id) references callback_task
);
create unique index on callback_form (tenant_id, task_id);
create unique index on callback_form (token_hash);
create index on callback_form (tenant_id, expires_at) where state = 'sent';
create index on callback_form (tenant_id, sent_at desc, id desc);
create index on callback_form (tenant_id, state, sent_at desc, id desc);
comment on column callback_form.state is 'sent: awaits its answer; answered; expired: ended by itself after the answer period; followed: an agent has taken it over; undelivered: the SMS could not be sent; closed: the task ended otherwise';

alter table callback_result add column stars int check (stars between 1 and 5);
-- Why a task was given up: reaching nobody, or a form that stayed unanswered. Both are counted apart, and apart from each other.
alter table callback_task add column ended_because text check (ended_because in ('notReached', 'formUnanswered'));

create view callback_sms_view as select tenant_id, id, state, result as problem from platform_sms;
