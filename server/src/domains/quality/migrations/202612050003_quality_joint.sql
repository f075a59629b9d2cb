-- Joint review (QUA-09): a disputed result is settled by several people together; it counts only when all of them have confirmed.
create table quality_joint (
  tenant_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  state text not null check (state in ('open', 'agreed', 'ended')),
  round int not null default 1,
  points int not null,
  reason text not null,
  opened_by uuid not null,
  opened_by_name text not null,
  at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (tenant_id, id)
);
create unique index on quality_joint (tenant_id, task_id) where state = 'open';
create index on quality_joint (tenant_id, task_id);
create index on quality_joint (tenant_id, at desc, id desc);

create table quality_joint_member (
  tenant_id uuid not null,
  joint_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  role text not null check (role in ('leader', 'expert')),
  voice text check (voice in ('confirm', 'object')),
  opinion text,
  at timestamptz,
  primary key (tenant_id, joint_id, user_id)
);
create index on quality_joint_member (tenant_id, user_id);
comment on table quality_joint_member is 'Who reviews together; a changed proposal (the next round) asks all of them again.';
