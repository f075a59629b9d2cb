-- What comes back from use: questions to the responsible unit, reports of gaps and errors.
create table knowledge_question (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  text text not null,
  urgent boolean not null,
  matter_id uuid,
  area_code text,
  unit_id uuid not null,
  unit_name text not null,
  routed_by text not null,
  state text not null check (state in ('open', 'refused', 'answered', 'closed')),
  source text not null check (source in ('search', 'item', 'order')),
  source_id uuid,
  source_label text,
  asked_by uuid,
  asked_by_name text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answer text,
  answered_by_name text,
  answered_at timestamptz,
  refusal text,
  item_id uuid,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on knowledge_question (tenant_id, state, due_at, id);
create index on knowledge_question (tenant_id, unit_id, state);
create index on knowledge_question (tenant_id, source, source_id);

create table knowledge_report (
  tenant_id uuid not null,
  id uuid not null,
  number text not null,
  kind text not null check (kind in ('gap', 'wrong', 'outdated', 'contact', 'format')),
  text text not null,
  item_id uuid,
  item_title text,
  item_version int,
  source text not null check (source in ('search', 'item', 'order', 'web')),
  source_id uuid,
  source_label text,
  state text not null check (state in ('open', 'forwarded', 'replied', 'closed')),
  unit_id uuid,
  unit_name text,
  forward_opinion text,
  forwarded_at timestamptz,
  reply text,
  replied_by_name text,
  replied_at timestamptz,
  maintenance text check (maintenance in ('add', 'revise', 'revoke', 'none')),
  reported_by uuid,
  reported_by_name text not null,
  reported_at timestamptz not null,
  due_at timestamptz not null,
  closed_by_name text,
  closed_at timestamptz,
  version int not null default 1,
  primary key (tenant_id, id)
);
create unique index on knowledge_report (tenant_id, number);
create index on knowledge_report (tenant_id, state, due_at, id);
create index on knowledge_report (tenant_id, unit_id, state);
create index on knowledge_report (tenant_id, item_id);
