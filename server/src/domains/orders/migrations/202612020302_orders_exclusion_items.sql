-- The list of the regulation says of each item whether it is for exclusion, shelving or both, whether evidence must be attached, and which words point to it.
update platform_setting_value v set key = 'exclusion.items',
  value = (select jsonb_agg(jsonb_build_object('name', n, 'kind', 'both', 'files', true, 'words', '[]'::jsonb, 'draft', '')) from jsonb_array_elements_text(v.value) n)
  where v.key = 'exclusion.classes' and jsonb_typeof(v.value) = 'array' and jsonb_array_length(v.value) > 0;
delete from platform_setting_value where key = 'exclusion.classes';

-- Items that an order may qualify for, found by the words of the list or by what was approved before; each is proposed once.
create table order_exclusion_hint (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  assignment_id uuid not null,
  unit_id uuid not null,
  unit_name text not null,
  kind text not null check (kind in ('exclude', 'shelve')),
  reason_class text not null,
  reason text not null,
  -- What it rests on, in words.
  because text not null,
  source text not null check (source in ('rule', 'history')),
  state text not null check (state in ('open', 'confirmed', 'changed', 'rejected')),
  created_at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text,
  decided_why text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order,
  foreign key (tenant_id, assignment_id) references order_assignment
);
create unique index on order_exclusion_hint (tenant_id, order_id, kind, reason_class);
create index on order_exclusion_hint (tenant_id, assignment_id);
create index on order_exclusion_hint (tenant_id, state, created_at, id);
create index on order_exclusion_hint (tenant_id, unit_id, state);
create index on order_exclusion (tenant_id, unit_id, approved_at);
create index on order_request (tenant_id, unit_id, created_at) where kind = 'exclusion';
