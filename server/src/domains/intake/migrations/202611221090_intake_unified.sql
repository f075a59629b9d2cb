-- The identity platform by which citizens may sign in (INT-03): one per centre.
create table intake_identity_provider (
  tenant_id uuid not null primary key,
  name text not null,
  issuer text not null,
  client_id text not null,
  secret_enc text,
  scopes text not null,
  -- Claims of the identity token; an empty one is not read.
  mobile_claim text not null default '',
  name_claim text not null default '',
  enabled boolean not null,
  version int not null,
  changed_at timestamptz not null,
  changed_by_name text not null
);
