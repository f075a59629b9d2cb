create table platform_identity_provider (
  id int primary key check (id = 1),
  name text not null,
  issuer text not null,
  client_id text not null,
  secret_enc text,
  scopes text not null default 'openid profile',
  claim text not null,
  matched_by text not null check (matched_by in ('login', 'staffNo', 'mobile')),
  enabled boolean not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);
comment on table platform_identity_provider is 'global: the identity platform that staff of the installation may sign in by (OpenID Connect)';
