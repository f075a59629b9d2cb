-- Engines and what people made of their proposals: applications as data, models with their figures, proposals with their outcome,
-- figures of evaluations.

-- What a tenant changed about a shipped application; the shipped ones stand in the program.
create table ai_application (
  tenant_id uuid not null,
  code text not null,
  mode text not null check (mode in ('off', 'suggest', 'prefill', 'auto')),
  candidates int not null check (candidates between 1 and 10),
  -- Confidence from which a value is filled in (prefill) or decided (auto).
  threshold double precision not null check (threshold between 0 and 1),
  limit_ms int not null check (limit_ms between 100 and 60000),
  target double precision check (target between 0 and 1),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);

create table ai_application_change (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  changes jsonb not null,
  reason text not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id)
);
create index on ai_application_change (tenant_id, code, at desc);
comment on table ai_application_change is 'append-only: who switched what, when and why';

create table ai_model (
  tenant_id uuid not null,
  id uuid not null,
  application text not null,
  number int not null,
  state text not null check (state in ('waiting', 'training', 'evaluated', 'live', 'retired', 'failed')),
  -- The artefact: key in the file storage and hash of its content.
  storage_key text,
  sha256 text,
  size_bytes int,
  samples int not null default 0,
  classes int not null default 0,
  threshold double precision,
  -- hit@1 on the frozen test part, for lists; the whole card beside it.
  hit1 double precision,
  card jsonb not null default '{}',
  why text,
  override_reason text,
  began_at timestamptz not null,
  trained_at timestamptz,
  live_at timestamptz,
  by_name text not null,
  primary key (tenant_id, id)
);
create unique index on ai_model (tenant_id, application, number);
create unique index ai_model_live on ai_model (tenant_id, application) where state = 'live';

create table ai_suggestion (
  tenant_id uuid not null,
  id uuid not null,
  application text not null,
  object_type text not null,
  object_id uuid not null,
  candidates jsonb not null,
  model_id uuid,
  engine text not null,
  took_ms int not null,
  outcome text check (outcome in ('acceptedFirst', 'acceptedOther', 'ownValue', 'ignored', 'auto')),
  chosen text,
  at timestamptz not null,
  for_user_id uuid,
  decided_at timestamptz,
  decided_by_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, model_id) references ai_model (tenant_id, id)
);
create index on ai_suggestion (tenant_id, model_id);
create unique index ai_suggestion_object on ai_suggestion (tenant_id, object_type, object_id, application);
create index on ai_suggestion (tenant_id, application, at desc);

create table ai_evaluation (
  tenant_id uuid not null,
  id uuid not null,
  application text not null,
  model_id uuid,
  dataset text not null,
  split text not null,
  samples int not null,
  quality jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, model_id) references ai_model (tenant_id, id)
);
create index on ai_evaluation (tenant_id, model_id);
create index on ai_evaluation (tenant_id, application, at desc);
