-- What the reading rooms need: words of orders apart from the orders, and indexes for lists at a million rows.

-- Every act updates the order's row and enters it anew in all its indexes; a text index of some hundred words a row cannot stand there
-- (40 orders a second through their life would be 30,000 index entries a second). Words change only when the text does.
drop index order_order_search_idx;
alter table order_order drop column search;
create table order_search (
  tenant_id uuid not null,
  order_id uuid not null,
  words tsvector not null,
  primary key (tenant_id, order_id),
  foreign key (tenant_id, order_id) references order_order on delete cascade
);
create index on order_search using gin (words);

-- Nearest clock first, over all open states at once.
create index on order_order (tenant_id, next_due_at, id) where next_due_at is not null;
-- Rare values that a scan along the time of registration would search for in vain.
create index on order_order (tenant_id, urgency, registered_at desc, id desc) where urgency <> 'normal';
create index on order_order (tenant_id, registered_at desc, id desc) where flags <> '{}';
create index on order_order (tenant_id, registered_at desc, id desc) where round > 1;
create index on order_order (tenant_id, category_id, registered_at desc, id desc) where category_id is not null;

create index on order_assignment (tenant_id, unit_id, done_at desc, id) where state = 'done';
create index on order_draft (tenant_id, saved_at desc, id desc);

create index on order_request (tenant_id, kind, state, created_at, id);
