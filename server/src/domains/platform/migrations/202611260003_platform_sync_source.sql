-- Outside directories that are fetched every night (PLA-08).
create table platform_sync_source (
  tenant_id uuid not null,
  source text not null,
  url text not null,
  token_enc text,
  -- The tenant's hour from which the night's comparison may run.
  at_hour int not null check (at_hour between 0 and 23),
  enabled boolean not null,
  -- Whoever saved it last: the run has his rights, and none when he has lost them.
  account_id uuid not null,
  last_day date,
  last_at timestamptz,
  last_ok boolean,
  last_text text,
  version int not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, source),
  foreign key (tenant_id, account_id) references platform_user (tenant_id, id)
);
create index on platform_sync_source (tenant_id, account_id);
