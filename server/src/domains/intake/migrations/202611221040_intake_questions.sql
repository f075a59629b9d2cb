-- Questions and answers on every public entry (INT-19), and the robot that answers from them first (INT-15, INT-16).

alter table intake_publication drop constraint intake_publication_kind_check;
alter table intake_publication add constraint intake_publication_kind_check check (kind in ('intro', 'notice', 'case', 'result', 'hot', 'faq'));
alter table intake_publication
  -- Business category by which questions are browsed, and the matter that an answer leads to.
  add column category text not null default '',
  add column matter_id uuid,
  add column search_tokens tsvector not null default ''::tsvector;
create index on intake_publication using gin (search_tokens) where state = 'published';
create index on intake_publication (tenant_id, category, published_at desc, id desc) where state = 'published' and kind = 'faq';

-- Useful or not: once a person or device and item; the item is named by its source.
create table intake_question_vote (
  tenant_id uuid not null,
  item_id text not null,
  voter_hash text not null,
  useful boolean not null,
  created_at timestamptz not null,
  primary key (tenant_id, item_id, voter_hash)
);

create table intake_robot_dialogue (
  tenant_id uuid not null,
  id uuid not null,
  device_hash text not null,
  account_id uuid,
  started_at timestamptz not null,
  last_at timestamptz not null,
  last_seq int not null default 0,
  -- Turns in a row that nothing was found for.
  misses int not null default 0,
  outcome text not null default 'open' check (outcome in ('open', 'solved', 'form', 'human', 'left', 'order')),
  session_id uuid,
  order_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references intake_account,
  foreign key (tenant_id, session_id) references intake_chat_session,
  foreign key (tenant_id, order_id) references order_order
);
create index on intake_robot_dialogue (tenant_id, started_at);
create index on intake_robot_dialogue (tenant_id, account_id);
create index on intake_robot_dialogue (tenant_id, session_id);
create index on intake_robot_dialogue (tenant_id, order_id);

create table intake_robot_turn (
  tenant_id uuid not null,
  dialogue_id uuid not null,
  seq int not null,
  author text not null check (author in ('citizen', 'robot')),
  text text not null,
  created_at timestamptz not null,
  primary key (tenant_id, dialogue_id, seq),
  foreign key (tenant_id, dialogue_id) references intake_robot_dialogue
);

-- What the robot said before stands in the conversation that a person takes over.
alter table intake_chat_message drop constraint intake_chat_message_author_check;
alter table intake_chat_message add constraint intake_chat_message_author_check check (author in ('citizen', 'agent', 'system', 'robot'));
