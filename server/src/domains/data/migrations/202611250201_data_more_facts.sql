-- What figures are counted from beside orders, assignments, clocks and answers: requests, pauses, warnings, supervision. Nothing personal.
create view orders_pub_request_view as
  select r.tenant_id, r.id, r.order_id, r.assignment_id, r.kind, r.state, r.outcome, r.reason_class, r.unit_id, r.unit_name, r.round, r.created_at, r.decided_at,
    floor(extract(epoch from r.created_at - a.dispatched_at))::bigint as after_seconds
  from order_request r left join order_assignment a on a.tenant_id = r.tenant_id and a.id = r.assignment_id;
create view orders_pub_pause_view as
  select tenant_id, id, order_id, assignment_id, unit_id, unit_name, round, condition_name, state, end_kind, started_at, permitted_until_at, ended_at from order_pause;
create view orders_pub_label_view as
  select l.tenant_id, l.order_id, p.name from order_label l join platform_label p on p.tenant_id = l.tenant_id and p.id = l.label_id where l.removed_at is null;

-- One row a warning, whatever raised it: a card of a time limit (red high, yellow middle), a finding of a rule (middle), an alert (low).
create view supervision_pub_warning_view as
  select tenant_id, id, order_id, unit_id, case colour when 'red' then 'redCard' else 'yellowCard' end as source, case colour when 'red' then 'high' else 'middle' end as grade, null::text as rule_name,
    case when state = 'open' then 'open' else 'ended' end as state, issued_at as raised_at, ended_at, ended_at as handled_at from supervision_card where state <> 'void'
  union all
  select h.tenant_id, h.id, h.order_id, h.unit_id, h.effect, case h.effect when 'finding' then 'middle' else 'low' end, r.name,
    case when h.ended_at is null then 'open' else 'ended' end, h.found_at, h.ended_at, coalesce(h.answered_at, h.acknowledged_at, h.ended_at) from supervision_hit h join supervision_rule r on r.tenant_id = h.tenant_id and r.id = h.rule_id;
create view supervision_pub_task_view as
  select tenant_id, id, order_id, unit_id, unit_name, level, source, state, late, opened_at, reply_due_at, first_reply_at, replied_at, closed_at from supervision_task;

-- Rows of a period in tables that grow with time.
create index data_request_created on order_request using brin (created_at) with (pages_per_range = 32);
create index data_pause_started on order_pause using brin (started_at) with (pages_per_range = 32);
create index data_card_issued on supervision_card using brin (issued_at) with (pages_per_range = 32);
create index data_hit_found on supervision_hit using brin (found_at) with (pages_per_range = 32);
create index data_task_opened on supervision_task using brin (opened_at) with (pages_per_range = 32);

-- Series that come from elsewhere (population, income, weather): a value of an area from a day up to the next. One level of areas a series,
-- so that the areas of a period add up.
create table data_external_series (
  tenant_id uuid not null references platform_tenant (id),
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null check (length(name) between 1 and 40),
  unit text not null default '',
  source text not null default '',
  digits int not null check (digits in (2, 4, 6, 9, 12)),
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);
create table data_external_value (
  tenant_id uuid not null,
  id uuid not null,
  series text not null,
  area_code text not null,
  from_day date not null,
  value numeric(20, 4) not null,
  primary key (tenant_id, id),
  unique (tenant_id, series, area_code, from_day),
  foreign key (tenant_id, series) references data_external_series (tenant_id, code)
);
