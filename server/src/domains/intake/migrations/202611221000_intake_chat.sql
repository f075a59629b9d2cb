-- Online chat: sessions, messages, who serves, canned replies, left messages, promises.

create table intake_chat_session (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  topic text not null default '',
  state text not null check (state in ('queued', 'open', 'closed')),
  queued_at timestamptz not null,
  agent_id uuid,
  agent_name text,
  accepted_at timestamptz,
  -- What the last citizen's message still waits for; null once an agent has written after it.
  unanswered_since_at timestamptz,
  last_message_at timestamptz not null,
  last_seq int not null default 0,
  agent_seq int not null default 0,
  transfers int not null default 0,
  closed_at timestamptz,
  closed_by text check (closed_by in ('citizen', 'agent', 'idle')),
  stars int check (stars between 1 and 5),
  rating_text text,
  rated_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account
);
-- One person has one conversation at a time.
create unique index on intake_chat_session (tenant_id, account_id) where state <> 'closed';
create index on intake_chat_session (tenant_id, account_id, queued_at desc);
create index on intake_chat_session (tenant_id, queued_at, id) where state = 'queued';
create index on intake_chat_session (tenant_id, agent_id) where state = 'open';
create index on intake_chat_session (tenant_id, queued_at desc, id desc);

create table intake_chat_message (
  tenant_id uuid not null,
  session_id uuid not null,
  seq int not null,
  client_key text not null,
  author text not null check (author in ('citizen', 'agent', 'system')),
  author_id uuid,
  author_name text not null,
  text text not null default '',
  file_id uuid,
  created_at timestamptz not null,
  hidden_at timestamptz,
  hidden_by_name text,
  hidden_reason text,
  primary key (tenant_id, session_id, seq),
  foreign key (tenant_id, session_id) references intake_chat_session
);
create unique index on intake_chat_message (tenant_id, session_id, client_key);

-- Agents who take conversations now; seen_at is renewed by their open page.
create table intake_chat_duty (
  tenant_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  -- False: finishes what he has, gets nothing new.
  taking boolean not null,
  since_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (tenant_id, user_id)
);

create table intake_chat_canned (
  tenant_id uuid not null,
  id uuid not null,
  owner_id uuid,
  title text not null,
  text text not null,
  sort int not null default 0,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on intake_chat_canned (tenant_id, owner_id, sort);

create table intake_chat_order (
  tenant_id uuid not null,
  session_id uuid not null,
  order_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, session_id, order_id),
  foreign key (tenant_id, session_id) references intake_chat_session,
  foreign key (tenant_id, order_id) references order_order
);
create index on intake_chat_order (tenant_id, order_id);

create table intake_chat_promise (
  tenant_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  agent_id uuid not null,
  agent_name text not null,
  text text not null,
  due_at timestamptz not null,
  done_at timestamptz,
  done_text text,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, session_id) references intake_chat_session
);
create index on intake_chat_promise (tenant_id, session_id);
create index on intake_chat_promise (tenant_id, due_at) where done_at is null;

create table intake_left_message (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  client_key text not null,
  content text not null,
  state text not null default 'waiting' check (state in ('waiting', 'taken', 'answered', 'registered')),
  taken_by uuid,
  taken_by_name text,
  taken_at timestamptz,
  reply text,
  order_id uuid,
  finished_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account,
  foreign key (tenant_id, order_id) references order_order
);
create unique index on intake_left_message (tenant_id, account_id, client_key);
create index on intake_left_message (tenant_id, order_id);
create index on intake_left_message (tenant_id, created_at, id) where state in ('waiting', 'taken');
create index on intake_left_message (tenant_id, created_at desc, id desc);

-- Who abused the chat is kept out of it for a while; everything else of the account goes on.
alter table intake_account add column chat_barred_until_at timestamptz, add column chat_barred_reason text;
