-- Labels that people put on items for themselves; liked by others, some become public labels of the library.
create table knowledge_personal_label (
  tenant_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  content text not null,
  likes int not null default 0,
  -- The label of the library it became.
  label_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, item_id) references knowledge_item on delete cascade
);
create unique index knowledge_personal_label_once on knowledge_personal_label (tenant_id, item_id, user_id, content);
create index on knowledge_personal_label (tenant_id, user_id, content);
create index on knowledge_personal_label (tenant_id, content) where label_id is null;

create table knowledge_label_like (
  tenant_id uuid not null,
  label_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, label_id, user_id),
  foreign key (tenant_id, label_id) references knowledge_personal_label on delete cascade
);
