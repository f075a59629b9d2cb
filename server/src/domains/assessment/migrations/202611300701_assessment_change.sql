-- Orders whose running figures are to be scored anew: noted with the event, taken together every two seconds. Scored in each batch of
-- events, a busy hour counted the same units' months again and again.
create table assessment_change (
  tenant_id uuid not null references platform_tenant (id),
  order_id uuid not null,
  primary key (tenant_id, order_id)
);
