-- 抽访库: results that wait for the centre's review and are asked about before it (CBK-10). One open entry an order; a result that comes
-- again in the same round may enter again.
create table callback_pool (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  round int not null,
  -- asked: the unit applied before its result was in; waiting and claimed are open; the rest is over.
  state text not null check (state in ('asked', 'waiting', 'claimed', 'agreed', 'returned', 'skipped', 'cancelled')),
  entered_because text not null check (entered_because in ('unit', 'rule')),
  ask_reason text,
  asked_by_name text,
  unit_id uuid,
  unit_name text,
  phone_hash text,
  entered_at timestamptz not null,
  -- Day six of the upper limit or the end of the pool's time, whichever comes first; null while only asked for.
  leave_at timestamptz,
  leave_rule text,
  assignee_id uuid,
  assignee_name text,
  claimed_until_at timestamptz,
  attempts int not null default 0,
  finished_at timestamptz,
  finished_by_name text,
  -- Why it left without an answer.
  left_because text,
  contacted text check (contacted in ('yes', 'no', 'notStated')),
  solved text check (solved in ('yes', 'no', 'notStated')),
  satisfied text check (satisfied in ('yes', 'no', 'notStated')),
  unit_contacted text,
  unit_solved text,
  unit_satisfied text,
  opinion text,
  way text,
  way_note text,
  call_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index callback_pool_once on callback_pool (tenant_id, order_id) where state in ('asked', 'waiting', 'claimed');
create index on callback_pool (tenant_id, order_id);
create index on callback_pool (tenant_id, state, entered_at desc, id desc);
create index on callback_pool (tenant_id, leave_at) where state in ('waiting', 'claimed');

-- What the unit answered, before and after the centre took it.
create view callback_reply_view as
  select f.tenant_id, f.order_id, f.result, f.submitted_at
  from order_feedback f join order_assignment a on a.tenant_id = f.tenant_id and a.id = f.assignment_id
  where f.kind = 'result' and a.parent_id is null and a.role <> 'assist' and f.submitted_at is not null;

-- A contact may be one about a result in the pool.
alter table callback_contact alter column task_id drop not null, add column pool_id uuid;
alter table callback_contact add foreign key (tenant_id, pool_id) references callback_pool (tenant_id, id);
create index on callback_contact (tenant_id, pool_id) where pool_id is not null;
