-- For which groups of the public an item is meant (empty: everybody), and what applications asked of the open interface.
alter table knowledge_item add column groups text[] not null default '{}';

create table knowledge_open_call (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  application text not null,
  act text not null,
  -- The filter as it was sent; no person stands in it.
  filter jsonb not null default '{}',
  items int not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index on knowledge_open_call (tenant_id, account_id, at desc);
create index on knowledge_open_call (tenant_id, at desc);
create index knowledge_item_feed on knowledge_item (tenant_id, changed_at, id) where version_number is not null;
