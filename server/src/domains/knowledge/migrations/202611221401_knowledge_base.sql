-- The knowledge base: directories, types, items with their working copies (tickets) and immutable versions, passages for search,
-- citations, the word list of synonyms, the trail of every act.
create table knowledge_directory (
  tenant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  code text not null,
  name text not null,
  -- Ids from the root to itself.
  path uuid[] not null,
  sort int not null default 0,
  weight int not null default 100 check (weight between 0 and 1000),
  owner_unit_id uuid,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index knowledge_directory_code on knowledge_directory (tenant_id, code);
create unique index knowledge_directory_name on knowledge_directory (tenant_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'::uuid), name);
create index on knowledge_directory (tenant_id, parent_id, sort);

-- Changed or added types; the shipped ones stand in the program until they are changed.
create table knowledge_type (
  tenant_id uuid not null,
  code text not null,
  name text not null,
  description text not null default '',
  sort int not null default 100,
  weight int not null default 100 check (weight between 0 and 1000),
  enabled boolean not null default true,
  citation text not null,
  fields jsonb not null default '[]',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);

create table knowledge_item (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  type_code text not null,
  directory_id uuid not null,
  -- Home and further directories with all that stand above them.
  directory_ids uuid[] not null default '{}',
  title text not null,
  summary text not null default '',
  owner_unit_id uuid not null,
  owner_unit_name text not null,
  area_code text,
  audience text not null check (audience in ('public', 'staff', 'centre', 'units')),
  audience_unit_ids uuid[] not null default '{}',
  matter_ids uuid[] not null default '{}',
  label_ids uuid[] not null default '{}',
  state text not null check (state in ('draft', 'inReview', 'returned', 'approved', 'scheduled', 'published', 'suspended', 'expired', 'discarded')),
  version_number int,
  valid_from date,
  valid_to date,
  published_at timestamptz,
  successor_id uuid,
  down_reason text,
  down_at timestamptz,
  down_by_name text,
  -- The open working copy, if any.
  ticket_id uuid,
  -- Full pinyin and initials of title and keywords.
  title_key text not null,
  reads int not null default 0,
  cites int not null default 0,
  useful int not null default 0,
  useless int not null default 0,
  confirmed_at timestamptz,
  confirmed_by_name text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id)
);
create unique index knowledge_item_code on knowledge_item (tenant_id, code);
create index on knowledge_item (tenant_id, state, changed_at desc, id desc);
create index on knowledge_item (tenant_id, owner_unit_id, state);
create index on knowledge_item (tenant_id, valid_to) where state = 'published';
create index on knowledge_item (tenant_id, valid_from) where state = 'published';
create index on knowledge_item using gin (tenant_id, directory_ids);
create index on knowledge_item using gin (tenant_id, matter_ids);
create index on knowledge_item using gin (title_key gin_trgm_ops);

create table knowledge_version (
  tenant_id uuid not null,
  item_id uuid not null,
  number int not null,
  content jsonb not null,
  -- Name, type and size of the attachments at that time; their contents are kept as long as the version is.
  files jsonb not null default '[]',
  citation text not null,
  ticket_id uuid not null,
  author_name text not null,
  publisher_id uuid,
  publisher_name text not null,
  published_at timestamptz not null,
  primary key (tenant_id, item_id, number)
);
comment on table knowledge_version is 'append-only: a published text is corrected only by a new version';

-- A change on its way (知识工单): the working copy with its author, its review and its publication.
create table knowledge_ticket (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  kind text not null check (kind in ('add', 'modify', 'suspend', 'restore')),
  state text not null check (state in ('draft', 'inReview', 'returned', 'approved', 'scheduled', 'done', 'cancelled')),
  title text not null,
  content jsonb not null,
  -- What the submission rests on, how it was made, what is open.
  statement jsonb not null default '{}',
  reason text,
  base_version int,
  source text not null default 'editor',
  source_id text,
  author_id uuid,
  author_name text not null,
  unit_id uuid not null,
  unit_name text not null,
  flow_instance_id uuid,
  past_flow_ids uuid[] not null default '{}',
  opinion text,
  publish_at timestamptz,
  version int not null default 1,
  submitted_at timestamptz,
  decided_at timestamptz,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, id)
);
create index on knowledge_ticket (tenant_id, item_id);
create index on knowledge_ticket (tenant_id, state, changed_at desc, id desc);
create index on knowledge_ticket (tenant_id, publish_at) where state = 'scheduled';

create table knowledge_trail (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  act text not null,
  by_id uuid,
  by_name text not null,
  unit_name text,
  at timestamptz not null,
  text text,
  data jsonb not null default '{}',
  primary key (tenant_id, id)
);
comment on table knowledge_trail is 'append-only: who did what with an item, from collection to take-down';
create index on knowledge_trail (tenant_id, item_id, at desc, id desc);

-- Pieces of the published version, written in the publishing transaction; rights and validity are joined from the item.
create table knowledge_passage (
  tenant_id uuid not null,
  item_id uuid not null,
  no int not null,
  -- title (with keywords, wordings and summary), body, file.
  part text not null check (part in ('title', 'body', 'file')),
  heading text,
  file_id uuid,
  text text not null,
  tokens tsvector not null,
  primary key (tenant_id, item_id, no)
);
create index on knowledge_passage using gin (tokens);

create table knowledge_synonym (
  tenant_id uuid not null,
  id uuid not null,
  words text[] not null,
  -- Only the first word is widened to the others, or each to each.
  one_way boolean not null default false,
  enabled boolean not null default true,
  uses int not null default 0,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);

create table knowledge_citation (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  version_number int not null,
  object_type text not null,
  object_id uuid not null,
  title text not null,
  citation text not null,
  public boolean not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
comment on table knowledge_citation is 'append-only: what was quoted stays what was quoted';
create index on knowledge_citation (tenant_id, object_type, object_id);
create index on knowledge_citation (tenant_id, item_id, at desc);

create table knowledge_search_log (
  tenant_id uuid not null,
  id uuid not null,
  -- staff or public; the words are kept without the person where the public asked.
  audience text not null,
  words text not null,
  hits int not null,
  opened_item_id uuid,
  user_id uuid,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index on knowledge_search_log (tenant_id, at desc);

create table knowledge_favourite (
  tenant_id uuid not null,
  user_id uuid not null,
  item_id uuid not null,
  folder text not null default '',
  created_at timestamptz not null,
  primary key (tenant_id, user_id, item_id)
);
create index on knowledge_favourite (tenant_id, item_id);

create table knowledge_rating (
  tenant_id uuid not null,
  item_id uuid not null,
  voter text not null,
  useful boolean not null,
  at timestamptz not null,
  primary key (tenant_id, item_id, voter)
);

-- An emergency push: a published item that every agent must confirm; the item is locked meanwhile.
create table knowledge_emergency (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  version_number int not null,
  title text not null,
  wording text not null,
  level text not null check (level in ('major', 'general')),
  blocks_calls boolean not null,
  started_at timestamptz not null,
  started_by_name text not null,
  ends_at timestamptz,
  locked_until timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  primary key (tenant_id, id)
);
create index on knowledge_emergency (tenant_id, item_id);
create index on knowledge_emergency (tenant_id, started_at desc);

create table knowledge_emergency_receipt (
  tenant_id uuid not null,
  emergency_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  at timestamptz not null,
  primary key (tenant_id, emergency_id, user_id)
);
comment on table knowledge_emergency_receipt is 'append-only: who has read which emergency push';
