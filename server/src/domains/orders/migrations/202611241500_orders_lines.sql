-- Hotlines that were merged into the centre, and the mode of merging from one moment to the next (PLA-06).
create table order_line (
  tenant_id uuid not null,
  code text not null,
  name text not null,
  number text,
  unit_id uuid,
  mode text not null check (mode in ('full', 'parallel', 'subCentre')),
  own_form boolean not null,
  skill_group text not null default '',
  connector text not null default '',
  started_on date,
  enabled boolean not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);
create unique index order_line_number on order_line (tenant_id, number) where number is not null;
create table order_line_mode (
  tenant_id uuid not null,
  line_code text not null,
  since_at timestamptz not null,
  until_at timestamptz,
  mode text not null,
  by_name text not null,
  primary key (tenant_id, line_code, since_at),
  foreign key (tenant_id, line_code) references order_line
);
alter table order_order add column line_mode text;
-- Lines were a list among the parameters before.
insert into order_line (tenant_id, code, name, mode, own_form, enabled, changed_at, changed_by_name)
  select v.tenant_id, l ->> 'code', l ->> 'name', 'parallel', true, true, v.changed_at, v.changed_by
  from platform_setting_value v, jsonb_array_elements(v.value) l where v.key = 'order.lines' and jsonb_typeof(v.value) = 'array';
insert into order_line_mode (tenant_id, line_code, since_at, mode, by_name) select tenant_id, code, changed_at, mode, changed_by_name from order_line;
delete from platform_setting_value where key = 'order.lines';
