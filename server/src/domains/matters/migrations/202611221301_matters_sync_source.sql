create table matter_sync_source (
  tenant_id uuid not null,
  scheme text not null,
  url text not null,
  token_enc text,
  enabled boolean not null default true,
  changed_by_name text not null,
  changed_at timestamptz not null,
  asked_at timestamptz,
  fault text,
  primary key (tenant_id, scheme)
);
