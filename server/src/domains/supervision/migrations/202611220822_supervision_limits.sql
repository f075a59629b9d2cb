-- By what limit boards count an order: its industry beside what orders publish (MAT-20).
create view supervision_industry_view as select tenant_id, id, industry_id from order_order;
