-- Virtual organisations: a group that stands in the tree as a unit of its own, with members from several units until a day.

alter table platform_unit drop constraint platform_unit_kind_check;
alter table platform_unit add constraint platform_unit_kind_check check (kind in ('centre', 'handling', 'section', 'community', 'enterprise', 'subCentre', 'virtual'));
alter table platform_group drop constraint platform_group_kind_check;
alter table platform_group add constraint platform_group_kind_check check (kind in ('team', 'project', 'virtual'));
alter table platform_group add column own_unit_id uuid;
alter table platform_group add foreign key (tenant_id, own_unit_id) references platform_unit (tenant_id, id);
create index on platform_group (tenant_id, own_unit_id) where own_unit_id is not null;
comment on column platform_group.kind is 'team: its members share the own-group scope; project: members only hold its roles and are written to together; virtual: they also act for a unit of its own';
comment on column platform_group.own_unit_id is 'the unit of a virtual organisation: its members hold a post there while the group lasts';

create view platform_held_post_view as
  select p.tenant_id, p.user_id, p.unit_id, p.main, null::date as valid_to
    from platform_post p
  union all
  select m.tenant_id, m.user_id, g.own_unit_id, false, g.ends_on
    from platform_group_member m join platform_group g on g.tenant_id = m.tenant_id and g.id = m.group_id and g.state = 'active' and g.own_unit_id is not null;
