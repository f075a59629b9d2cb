-- The gateway to language models: where they are, the words they are asked with, and every call. Texts are never kept, only counts.
create table ai_provider (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  base_url text not null,
  model text not null,
  key_enc text,
  -- Inside the tenant's own network: nothing is masked before it is sent there.
  inside boolean not null,
  enabled boolean not null,
  -- The lowest is asked first; the next where it fails.
  rank int not null,
  first_ms int not null check (first_ms between 100 and 120000),
  all_ms int not null check (all_ms between 100 and 600000),
  monthly_tokens bigint check (monthly_tokens > 0),
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on ai_provider (tenant_id, name);

create table ai_prompt (
  tenant_id uuid not null,
  id uuid not null,
  application text not null,
  number int not null,
  text text not null,
  live boolean not null,
  reason text not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, id)
);
create unique index on ai_prompt (tenant_id, application, number);
create unique index ai_prompt_live on ai_prompt (tenant_id, application) where live;

create table ai_call (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  application text not null,
  provider_id uuid,
  provider_name text not null,
  model text not null,
  -- 0: the words that ship with the product.
  prompt_number int not null,
  result text not null check (result in ('ok', 'late', 'refused', 'unreachable', 'garbled', 'unfounded', 'overBudget')),
  detail text,
  tokens_in int not null default 0,
  tokens_out int not null default 0,
  first_ms int,
  took_ms int not null,
  masked int not null default 0,
  by_name text not null,
  primary key (tenant_id, id)
);
create index on ai_call (tenant_id, at desc);
create index on ai_call (tenant_id, provider_id, at);
comment on table ai_call is 'append-only: every call that left for a model, without its texts';
