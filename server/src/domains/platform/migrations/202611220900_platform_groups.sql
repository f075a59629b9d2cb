-- User groups with their own-group scope, substitutes, and what was held in the past.

alter table platform_role_permission drop constraint platform_role_permission_scope_check;
alter table platform_role_permission add constraint platform_role_permission_scope_check check (scope in ('own', 'group', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow'));
alter table platform_grant drop constraint platform_grant_scope_check;
alter table platform_grant add constraint platform_grant_scope_check check (scope in ('own', 'group', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow'));

alter table platform_grant add column reason text;

create table platform_group (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  unit_id uuid not null,
  name text not null,
  kind text not null check (kind in ('team', 'project')),
  purpose text not null default '',
  ends_on date,
  state text not null default 'active' check (state in ('active', 'disabled')),
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, name),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
create index on platform_group (tenant_id, unit_id);
comment on column platform_group.kind is 'team: its members share the own-group scope; project: members only hold its roles and are written to together';
comment on column platform_group.ends_on is 'last day on which its rights hold';

create table platform_group_member (
  tenant_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  leader boolean not null default false,
  joined_at timestamptz not null,
  added_by text not null,
  primary key (tenant_id, group_id, user_id),
  foreign key (tenant_id, group_id) references platform_group (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
create index on platform_group_member (tenant_id, user_id);

create table platform_group_role (
  tenant_id uuid not null,
  group_id uuid not null,
  role_id uuid not null,
  scope text check (scope in ('own', 'group', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow')),
  given_at timestamptz not null,
  given_by text not null,
  primary key (tenant_id, group_id, role_id),
  foreign key (tenant_id, group_id) references platform_group (tenant_id, id) on delete cascade,
  foreign key (tenant_id, role_id) references platform_role (tenant_id, id)
);
create index on platform_group_role (tenant_id, role_id);

create table platform_delegation (
  tenant_id uuid not null,
  id uuid not null,
  from_user_id uuid not null,
  to_user_id uuid not null,
  role_id uuid not null,
  valid_from date not null,
  valid_to date not null,
  reason text not null,
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  ended_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, from_user_id) references platform_user (tenant_id, id),
  foreign key (tenant_id, to_user_id) references platform_user (tenant_id, id),
  foreign key (tenant_id, role_id) references platform_role (tenant_id, id)
);
create index on platform_delegation (tenant_id, from_user_id);
create index on platform_delegation (tenant_id, to_user_id);
create index on platform_delegation (tenant_id, role_id);
comment on table platform_delegation is 'a person lets a colleague of the same unit hold one of his roles for some days; it never outlasts his own grant';

create table platform_grant_ended (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  role_name text not null,
  scope text,
  via text not null check (via in ('grant', 'group', 'delegation')),
  via_name text,
  valid_from date,
  valid_to date,
  given_at timestamptz not null,
  given_by text not null,
  given_reason text,
  ended_at timestamptz not null,
  ended_by text not null,
  reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
create index on platform_grant_ended (tenant_id, user_id, ended_at desc);
create index on platform_grant_ended (tenant_id, ended_at desc);
comment on table platform_grant_ended is 'append-only: roles that people once held, by grant, group or delegation, for reports on a past day';

create table platform_role_past (
  tenant_id uuid not null,
  id uuid not null,
  role_id uuid not null,
  name text not null,
  state text not null,
  parent_ids uuid[] not null,
  permissions jsonb not null,
  until_at timestamptz not null,
  changed_by text not null,
  reason text,
  primary key (tenant_id, id)
);
create index on platform_role_past (tenant_id, role_id, until_at);
create index on platform_role_past (tenant_id, until_at);
comment on table platform_role_past is 'append-only: what a role was until it was changed; permissions as [[permission, scope], …]';

create view platform_held_role_view as
  select g.tenant_id, g.user_id, g.role_id, g.scope, g.valid_from, g.valid_to, 'grant'::text as via, g.id as via_id, g.granted_by as given_by, g.granted_at as given_at, g.reason
    from platform_grant g
  union all
  select m.tenant_id, m.user_id, r.role_id, r.scope, null::date, g.ends_on, 'group'::text, g.id, case when m.joined_at > r.given_at then m.added_by else r.given_by end, greatest(m.joined_at, r.given_at), null::text
    from platform_group_member m join platform_group g on g.tenant_id = m.tenant_id and g.id = m.group_id and g.state = 'active'
      join platform_group_role r on r.tenant_id = g.tenant_id and r.group_id = g.id
  union all
  select d.tenant_id, d.to_user_id, d.role_id, g.scope, greatest(d.valid_from, g.valid_from), least(d.valid_to, g.valid_to), 'delegation'::text, d.id, d.created_by, d.created_at, d.reason
    from platform_delegation d join platform_grant g on g.tenant_id = d.tenant_id and g.user_id = d.from_user_id and g.role_id = d.role_id
      join platform_user u on u.tenant_id = d.tenant_id and u.id = d.from_user_id and u.state = 'active'
    where d.ended_at is null;

create trigger platform_people_group after insert or delete or update on platform_group for each statement execute function platform_people_changed();
create trigger platform_people_group_member after insert or delete or update on platform_group_member for each statement execute function platform_people_changed();
create trigger platform_people_group_role after insert or delete or update on platform_group_role for each statement execute function platform_people_changed();
create trigger platform_people_delegation after insert or delete or update on platform_delegation for each statement execute function platform_people_changed();
