-- Speaking and seeing within a conversation: one call at a time; what the two browsers say to each other to find a way is forgotten when it ends.
create table intake_chat_call (
  tenant_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  kind text not null check (kind in ('audio', 'video')),
  state text not null default 'asked' check (state in ('asked', 'open', 'refused', 'ended')),
  agent_id uuid not null,
  offer text not null,
  answer text,
  asked_at timestamptz not null,
  opened_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  primary key (tenant_id, id),
  foreign key (tenant_id, session_id) references intake_chat_session
);
create unique index on intake_chat_call (tenant_id, session_id) where state in ('asked', 'open');
create index on intake_chat_call (tenant_id, session_id, asked_at desc);
