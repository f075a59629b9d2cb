-- Mind maps of a large area: topic, nodes (business class, scenario …) and the items each node leads to.
create table knowledge_topic (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default '',
  style text not null check (style in ('cards', 'list', 'map')),
  -- Where the topic stands for: city, district …
  level text not null default '',
  audience text not null check (audience in ('public', 'staff')),
  state text not null check (state in ('draft', 'published', 'offline')),
  version int not null default 1,
  published_at timestamptz,
  created_at timestamptz not null,
  created_by_name text not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index knowledge_topic_name on knowledge_topic (tenant_id, name);
create index on knowledge_topic (tenant_id, state, changed_at desc);

create table knowledge_topic_node (
  tenant_id uuid not null,
  id uuid not null,
  topic_id uuid not null,
  parent_id uuid,
  name text not null,
  description text not null default '',
  -- Label and value of each attribute.
  attributes jsonb not null default '[]',
  body jsonb not null,
  item_ids uuid[] not null default '{}',
  sort int not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, topic_id) references knowledge_topic on delete cascade,
  foreign key (tenant_id, parent_id) references knowledge_topic_node on delete cascade
);
create index on knowledge_topic_node (tenant_id, topic_id, sort);
create index on knowledge_topic_node (tenant_id, parent_id);

create table knowledge_topic_log (
  tenant_id uuid not null,
  id uuid not null,
  -- Stays when the topic is gone.
  topic_id uuid not null,
  topic_name text not null,
  act text not null,
  text text,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table knowledge_topic_log is 'append-only: who did what with which mind map';
create index on knowledge_topic_log (tenant_id, topic_id, at desc);
create index on knowledge_topic_log (tenant_id, at desc);
