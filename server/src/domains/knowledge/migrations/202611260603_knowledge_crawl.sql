-- Web sites from which new texts are fetched: sources, what was seen at each address, and a line per run.
create table knowledge_crawl_source (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  list_url text not null,
  -- What an address of a text looks like; * stands for anything.
  link_rule text not null default '',
  -- Where the text begins and ends in the page's source; empty: the whole page.
  body_from text not null default '',
  body_to text not null default '',
  -- Only texts with one of them; empty: all.
  keywords text[] not null default '{}',
  every_hours int not null check (every_hours between 1 and 720),
  type_code text not null,
  directory_id uuid not null,
  owner_unit_id uuid not null,
  enabled boolean not null default true,
  next_at timestamptz not null,
  running_since timestamptz,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index knowledge_crawl_source_name on knowledge_crawl_source (tenant_id, name);
create index on knowledge_crawl_source (tenant_id, next_at) where enabled;

create table knowledge_crawl_page (
  tenant_id uuid not null,
  source_id uuid not null,
  url text not null,
  hash text not null,
  -- kept: a text was made of it; skipped: no keyword in it; gone: the site has it no more.
  state text not null check (state in ('kept', 'skipped', 'gone')),
  item_id uuid,
  seen_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (tenant_id, source_id, url),
  foreign key (tenant_id, source_id) references knowledge_crawl_source on delete cascade,
  foreign key (tenant_id, item_id) references knowledge_item on delete set null (item_id)
);
create index on knowledge_crawl_page (tenant_id, item_id) where item_id is not null;
create index on knowledge_crawl_page (tenant_id, source_id, seen_at);

create table knowledge_crawl_run (
  tenant_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  asked int not null default 0,
  added int not null default 0,
  changed int not null default 0,
  gone int not null default 0,
  -- Why nothing was fetched.
  fault text,
  -- Address, what was done with it, why.
  lines jsonb not null default '[]',
  primary key (tenant_id, id),
  foreign key (tenant_id, source_id) references knowledge_crawl_source on delete cascade
);
create index on knowledge_crawl_run (tenant_id, source_id, begun_at desc);

alter table knowledge_finding drop constraint knowledge_finding_kind_check;
alter table knowledge_finding add constraint knowledge_finding_kind_check check (kind in ('contradiction', 'missingField', 'deadLink', 'repealedBasis', 'sourceGone'));
