-- Orders by other columns than their registration. Sorting everything by urges took 0.3 s at 200,000 orders; few are urged or returned.
create index on order_order (tenant_id, urge_count desc, id desc) where urge_count > 0;
create index on order_order (tenant_id, return_count desc, id desc) where return_count > 0;
create index on order_order (tenant_id, closed_at desc, id desc) where closed_at is not null;
