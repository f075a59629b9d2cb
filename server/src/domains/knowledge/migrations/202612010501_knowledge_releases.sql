-- Where publicity material was put before the public, with the views it was told of there.
create table knowledge_release (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  version_number int not null,
  channel text not null,
  -- Of the page, post or broadcast; empty where there is none.
  address text not null default '',
  released_on date not null,
  -- Told by the channel; null: not known.
  views int check (views >= 0),
  viewed_at timestamptz,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references knowledge_item on delete cascade
);
create index on knowledge_release (tenant_id, item_id, released_on desc);
create index on knowledge_release (tenant_id, channel);
