-- Suggestions for improvement: written in any tenant, screened there, decided at the top, their progress open to all.

create table platform_suggestion (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  kind text not null check (kind in ('system', 'business')),
  title text not null,
  content text not null,
  effect text not null default '',
  urgency text not null check (urgency in ('normal', 'urgent')),
  language text not null,
  unit_id uuid,
  unit_name text not null,
  state text not null check (state in ('draft', 'firstReview', 'secondReview', 'refused', 'planned', 'developing', 'released')),
  reason text,
  words text[] not null default '{}',
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  submitted_at timestamptz,
  changed_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, created_by) references platform_user (tenant_id, id),
  foreign key (tenant_id, unit_id) references platform_unit (tenant_id, id)
);
create unique index on platform_suggestion (id);
create index on platform_suggestion (tenant_id, created_by, changed_at desc);
create index on platform_suggestion (tenant_id, unit_id);
create index on platform_suggestion (state, changed_at desc);
create index on platform_suggestion using gin (words) where state <> 'draft';

create table platform_suggestion_event (
  tenant_id uuid not null,
  id uuid not null,
  suggestion_id uuid not null,
  at timestamptz not null,
  state text not null,
  text text,
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, suggestion_id) references platform_suggestion (tenant_id, id)
);
create index on platform_suggestion_event (tenant_id, suggestion_id, at);
comment on table platform_suggestion_event is 'append-only: what happened to a suggestion, by whom and why';
