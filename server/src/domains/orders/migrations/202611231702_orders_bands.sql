-- Signatures of texts for finding near-duplicates (MinHash): two texts that share half of their words agree in at least one of forty numbers with a chance above 99 %.
create table order_band (
  tenant_id uuid not null,
  order_id uuid not null,
  registered_at timestamptz not null,
  bands int[] not null,
  primary key (tenant_id, order_id),
  foreign key (tenant_id, order_id) references order_order
);
create index order_band_bands on order_band using gin (bands);
