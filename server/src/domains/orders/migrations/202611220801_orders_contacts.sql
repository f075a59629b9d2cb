-- Every contact with a requester, and every attempt that failed.
create table order_contact (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  method text not null,
  outcome text not null check (outcome in ('reached', 'notReached')),
  -- Met in person (当面联系).
  met boolean not null default false,
  -- A reply was promised (承诺联系反馈), until when, and what became of it.
  promised boolean not null default false,
  promised_at timestamptz,
  promise_state text check (promise_state in ('open', 'kept', 'broken')),
  promise_note text,
  promise_closed_at timestamptz,
  promise_warned boolean not null default false,
  note text,
  -- Call or robot recording that proves it.
  call_ref text,
  contacted_at timestamptz not null,
  recorded_by uuid,
  recorded_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, assignment_id) references order_assignment
);
create index on order_contact (tenant_id, order_id, contacted_at);
create index on order_contact (tenant_id, assignment_id);
create index on order_contact (tenant_id, contacted_at desc, id desc);
create index on order_contact (tenant_id, unit_id, contacted_at desc);
create index on order_contact (tenant_id, promised_at) where promise_state = 'open';

-- Tried as often as the rule asks without reaching anybody: meets the precondition of closing, never a rate.
alter table order_assignment add column tried_in_vain_at timestamptz;
