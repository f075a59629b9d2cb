-- Orders told of before: which order repeats another, and when that was found. No content.
create view orders_pub_repeat_view as
  select tenant_id, id, from_id as order_id, to_id as repeated_id, created_at from order_link where kind = 'repeat';
create index order_link_repeats on order_link (tenant_id, created_at) where kind = 'repeat';
