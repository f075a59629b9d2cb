-- Public surveys (INT-22).
create table intake_survey (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  intro text not null default '',
  questions jsonb not null,
  state text not null default 'draft' check (state in ('draft', 'review', 'published', 'closed')),
  target text not null default 'signedIn' check (target in ('signedIn', 'realName', 'enterprise')),
  per_person int not null default 1 check (per_person between 1 and 10),
  starts_at timestamptz,
  ends_at timestamptz,
  author_id uuid,
  author_name text not null,
  reviewer_name text,
  opinion text,
  published_at timestamptz,
  closed_at timestamptz,
  answers int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on intake_survey (tenant_id, updated_at desc, id desc);
create index on intake_survey (tenant_id, published_at desc, id desc) where state in ('published', 'closed');

create table intake_survey_answer (
  tenant_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  account_id uuid not null,
  turn int not null,
  answers jsonb not null,
  opinion text not null default '',
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, survey_id) references intake_survey,
  foreign key (tenant_id, account_id) references intake_account
);
-- The limit per person holds against two sends at once too.
create unique index on intake_survey_answer (tenant_id, survey_id, account_id, turn);
create index on intake_survey_answer (tenant_id, survey_id, created_at desc, id desc);
create index on intake_survey_answer (tenant_id, account_id);
