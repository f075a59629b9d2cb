-- The one label library of all modules (PLA-17). What bears a label is the owning module's table.

create table platform_label_class (
  tenant_id uuid not null references platform_tenant (id),
  code text not null,
  name text not null,
  description text not null default '',
  sort int not null default 0,
  state text not null default 'active' check (state in ('active', 'disabled')),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, code)
);

create table platform_label (
  tenant_id uuid not null,
  id uuid not null,
  class_code text not null,
  code text not null,
  name text not null,
  definition text not null default '',
  usage_rule text not null default '',
  scene text not null default '',
  parent_id uuid,
  synonyms text[] not null default '{}',
  owner_name text not null default '',
  colour text not null default 'grey',
  valid_from date,
  valid_to date,
  state text not null check (state in ('proposed', 'enabled', 'disabled', 'merged', 'retired')),
  merged_into uuid,
  reason text,
  version int not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, class_code) references platform_label_class (tenant_id, code),
  foreign key (tenant_id, parent_id) references platform_label (tenant_id, id),
  foreign key (tenant_id, merged_into) references platform_label (tenant_id, id),
  check ((state = 'merged') = (merged_into is not null))
);
create unique index platform_label_code on platform_label (tenant_id, code);
-- A merged or retired label frees its name.
create unique index platform_label_name on platform_label (tenant_id, class_code, name) where state in ('proposed', 'enabled', 'disabled');
create index on platform_label (tenant_id, parent_id) where parent_id is not null;
create index on platform_label (tenant_id, merged_into) where merged_into is not null;
create index on platform_label (tenant_id, class_code, state, name);

insert into platform_label_class (tenant_id, code, name, description, sort, changed_at, changed_by)
select t.id, c.code, c.name, c.description, c.sort, now(), '系统' from platform_tenant t cross join (values
  ('upper', '市级标签', '按上级要求使用的统一标签', 0), ('own', '本级标签', '本中心自定的业务标签', 1), ('keyEvent', '重点事件', '重点事件和专项工作', 2), ('operation', '运行标签', '话务与受理运行', 3),
  ('topic', '主题标签', '诉求主题', 4), ('knowledge', '知识标签', '知识库条目', 5), ('risk', '风险标签', '预警与风险', 6), ('assessment', '考核标签', '考核与评价', 7)) c (code, name, description, sort);
