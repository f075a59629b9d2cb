-- Orders that a publication of results tells of: an order is published once.
create table intake_publication_order (
  tenant_id uuid not null,
  publication_id uuid not null,
  order_id uuid not null,
  primary key (tenant_id, publication_id, order_id),
  foreign key (tenant_id, publication_id) references intake_publication
);
create index on intake_publication_order (tenant_id, order_id);
alter table intake_publication add column pushed_at timestamptz;
