-- Every change of the catalogue: who asked for it, what it says, who decided. What waits is not in the catalogue yet.
create table data_indicator_change (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  code text not null,
  name text not null,
  act text not null check (act in ('create', 'change', 'stop', 'start')),
  -- What the catalogue is asked to hold, and what it held.
  body jsonb not null,
  before jsonb,
  reason text not null default '',
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  decided_at timestamptz,
  decided_by_id uuid,
  decided_by_name text,
  note text not null default '',
  primary key (tenant_id, id)
);
create unique index data_indicator_change_waiting on data_indicator_change (tenant_id, code) where state = 'waiting';
create index on data_indicator_change (tenant_id, at);

-- Changes made before they were written down.
insert into data_indicator_change (tenant_id, id, code, name, act, body, reason, at, by_name, state, decided_at, decided_by_name)
select v.tenant_id, gen_random_uuid(), v.code, i.name, case when v.version = 1 and not i.shipped then 'create' else 'change' end, jsonb_build_object('name', i.name, 'owner', i.owner, 'definition', v.definition, 'fromDay', v.from_day), v.reason, v.at, v.by_name, 'approved', v.at, v.by_name
from data_indicator_version v join data_indicator i on i.tenant_id = v.tenant_id and i.code = v.code;
