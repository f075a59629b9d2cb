-- A running place below its goal, or fallen: told once a day while it lasts.
create table assessment_rank_warning (
  tenant_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  object_id uuid not null,
  kind text not null check (kind in ('goal', 'fall')),
  rank int not null,
  -- The goal, or the place of the last published period.
  against int not null,
  since_at timestamptz not null,
  told_day text not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, period_id) references assessment_period (tenant_id, id),
  foreign key (tenant_id, object_id) references assessment_object (tenant_id, id)
);
create unique index assessment_rank_warning_once on assessment_rank_warning (tenant_id, period_id, object_id, kind) where ended_at is null;
create index on assessment_rank_warning (tenant_id, period_id, since_at desc);
create index on assessment_rank_warning (tenant_id, object_id);
