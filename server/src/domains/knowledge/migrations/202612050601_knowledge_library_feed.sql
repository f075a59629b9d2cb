-- When an item came into a library that programs take over, or left it: what they ask for as changes.
create table knowledge_library_change (
  tenant_id uuid not null,
  library_id uuid not null,
  item_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, library_id, item_id),
  foreign key (tenant_id, library_id) references knowledge_library,
  foreign key (tenant_id, item_id) references knowledge_item on delete cascade
);
create index on knowledge_library_change (tenant_id, item_id);
