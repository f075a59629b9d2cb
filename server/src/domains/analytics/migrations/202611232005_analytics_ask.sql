-- Questions asked in words, with what was understood; the figures themselves are counted anew whenever one is opened.
create table analytics_ask (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  user_id uuid not null,
  conversation_id uuid not null,
  at timestamptz not null,
  text text not null,
  -- Null where it was refused.
  query jsonb,
  refused text check (refused in ('unknownIndicator', 'personalData', 'notAQuestion', 'forecast', 'failed')),
  favourite boolean not null default false,
  feedback text check (feedback in ('right', 'wrong')),
  primary key (tenant_id, id)
);
create index on analytics_ask (tenant_id, user_id, at desc);
create index on analytics_ask (tenant_id, conversation_id, at desc);
