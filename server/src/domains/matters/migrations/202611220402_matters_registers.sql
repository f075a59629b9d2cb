-- Review by processes and on effective dates; the enterprise registry and the three lists as standard objects of their own;
-- hard deletion with its report; templates; links of matters to classes; issuing downward with local completion.

alter table matter_change drop constraint matter_change_object_kind_check;
alter table matter_change add constraint matter_change_object_kind_check check (object_kind in ('directory', 'matter', 'dutyEntry', 'appealType', 'schemeNode', 'limitRule', 'enterprise', 'dutyLine'));
alter table matter_change drop constraint matter_change_state_check;
alter table matter_change add constraint matter_change_state_check check (state in ('pending', 'scheduled', 'approved', 'returned', 'recalled'));
alter table matter_change
  add column flow_instance_id uuid,
  add column effective_on date;
create index on matter_change (tenant_id, effective_on) where state = 'scheduled';

alter table matter_import drop constraint matter_import_kind_check;
alter table matter_import add constraint matter_import_kind_check check (kind in ('matter', 'dutyEntry', 'schemeNode', 'enterprise'));

create table matter_enterprise (
  tenant_id uuid not null,
  id uuid not null,
  credit_code text not null,
  name text not null,
  aliases text[] not null default '{}',
  area_code text,
  address text,
  ownership text,
  industry text,
  size text,
  legal_person text,
  contacts jsonb not null default '[]',
  labels text[] not null default '{}',
  source text,
  merged_into uuid,
  search_key text not null,
  search_tokens tsvector not null,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index on matter_enterprise (id);
create unique index matter_enterprise_credit on matter_enterprise (tenant_id, credit_code) where state not in ('void', 'withdrawn');
create index on matter_enterprise (tenant_id, state, name, id);
create index on matter_enterprise using gin (search_tokens);
create index on matter_enterprise using gin (search_key gin_trgm_ops);

create table matter_duty_line (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('responsibility', 'power', 'negative')),
  matter_id uuid not null,
  unit_id uuid not null,
  text text not null,
  basis text,
  valid_from date,
  valid_to date,
  state text not null check (state in ('draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void')),
  version int not null default 0,
  revision int not null default 1,
  pending_change_id uuid,
  creating_unit_id uuid,
  creating_unit_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
comment on table matter_duty_line is 'matter_id has no foreign key: the matter may belong to an upper tenant';
create index on matter_duty_line (tenant_id, matter_id, kind);
create index on matter_duty_line (tenant_id, unit_id);

create table matter_delete_report (
  tenant_id uuid not null,
  id uuid not null,
  object_kind text not null,
  object_id text not null,
  title text not null,
  snapshot jsonb not null,
  hits jsonb not null,
  deleted_by uuid,
  deleted_by_name text not null,
  deleted_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on matter_delete_report (tenant_id, deleted_at desc, id desc);
comment on table matter_delete_report is 'append-only: who deleted what for good, and what was checked before';

create table matter_template (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  group_name text not null,
  content jsonb not null,
  uses int not null default 0,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table matter_link (
  tenant_id uuid not null,
  matter_id uuid not null,
  node_id uuid not null,
  scheme text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, matter_id, node_id),
  foreign key (tenant_id, node_id) references matter_scheme_node (tenant_id, id)
);
create index on matter_link (tenant_id, node_id);
comment on table matter_link is 'matter_id has no foreign key: the matter may belong to an upper tenant';

create table matter_issue (
  tenant_id uuid not null,
  id uuid not null,
  batch_id uuid not null,
  target_tenant_id uuid not null references platform_tenant (id),
  matter_id uuid not null,
  matter_version int not null,
  state text not null check (state in ('issued', 'accepted', 'refused', 'assigned', 'completed', 'recalled')),
  reason text,
  due_on date,
  content jsonb not null default '{}',
  content_version int,
  issued_by_name text not null,
  issued_at timestamptz not null,
  decided_by_name text,
  decided_at timestamptz,
  confirmed_by_name text,
  confirmed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, matter_id) references matter_matter (tenant_id, id)
);
create index on matter_issue (tenant_id, matter_id);
create index on matter_issue (target_tenant_id, state, issued_at desc, id desc);
create unique index on matter_issue (target_tenant_id, matter_id) where state not in ('refused', 'recalled');
