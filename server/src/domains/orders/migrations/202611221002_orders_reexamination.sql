-- A dissatisfied answer may be examined by a person before the order goes back (ORD-60); a redo may be an order of its own.
create table order_reexamination (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  round int not null,
  -- What the requester said, and what came with it.
  reason text not null,
  data jsonb not null,
  state text not null check (state in ('pending', 'redo', 'kept')),
  asked_at timestamptz not null,
  -- Three findings of the examiner, and whether the requester insists.
  compliant boolean,
  effective boolean,
  confirmed boolean,
  demanded boolean,
  opinion text,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create unique index order_reexamination_once on order_reexamination (tenant_id, order_id, round);
create index on order_reexamination (tenant_id, state, asked_at, id);

alter table order_order drop constraint order_order_close_kind_check;
alter table order_order add constraint order_order_close_kind_check check (close_kind in ('answered', 'handled', 'notReached', 'appealApproved', 'notAttributable', 'notStated', 'returnedUpward', 'redone', 'dissatisfiedKept'));
