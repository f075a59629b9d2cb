-- A published report sent to units and persons, passed on by them to those below, and what became of it (ANA-37).
create table reports_circulation (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  report_id uuid not null,
  -- Through which sending the sender has the report; null when the centre sent it.
  parent_id uuid,
  unit_id uuid,
  user_id uuid,
  to_name text not null,
  note text not null,
  state text not null default 'sent' check (state in ('sent', 'read', 'returned', 'adopted', 'recalled')),
  opinion text,
  from_user_id uuid not null,
  from_name text not null,
  sent_at timestamptz not null,
  read_at timestamptz,
  read_by_name text,
  answered_at timestamptz,
  answered_by_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, report_id) references reports_report (tenant_id, id),
  foreign key (tenant_id, parent_id) references reports_circulation (tenant_id, id),
  check (num_nonnulls(unit_id, user_id) = 1)
);
create index on reports_circulation (tenant_id, report_id);
create index on reports_circulation (tenant_id, parent_id);
create index on reports_circulation (tenant_id, unit_id, sent_at desc, id desc) where unit_id is not null;
create index on reports_circulation (tenant_id, user_id, sent_at desc, id desc) where user_id is not null;
create index on reports_circulation (tenant_id, from_user_id, sent_at desc, id desc);
-- Nobody has one report twice before the first is answered.
create unique index on reports_circulation (tenant_id, report_id, coalesce(unit_id, user_id)) where state in ('sent', 'read');
