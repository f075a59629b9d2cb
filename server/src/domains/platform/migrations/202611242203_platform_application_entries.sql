-- Who entered which application from which session: the session's end closes the application too.

alter table platform_application add column logout_address text;
comment on column platform_application.logout_address is 'told by a signed notice when a session that entered it ends (OpenID Connect back-channel logout)';

create table platform_application_entry (
  tenant_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  user_id uuid not null,
  session_hash text not null,
  at timestamptz not null,
  code_hash text,
  code_until timestamptz,
  redirect_uri text,
  challenge text,
  nonce text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, application_id) references platform_application (tenant_id, id) on delete cascade,
  foreign key (tenant_id, user_id) references platform_user (tenant_id, id)
);
create index on platform_application_entry (tenant_id, application_id);
create index on platform_application_entry (tenant_id, user_id);
create unique index on platform_application_entry (code_hash) where code_hash is not null;
create index on platform_application_entry (session_hash) where ended_at is null;
comment on column platform_application_entry.code_hash is 'of an authorization code that was not exchanged yet';
