-- Outlines of areas that a site loads: a point is checked against them (ORD-06). The product ships none.
create table order_area_bound (
  area_code text primary key,
  south double precision not null,
  west double precision not null,
  north double precision not null,
  east double precision not null,
  -- Rings of the polygons in [lon, lat], WGS-84.
  rings jsonb not null,
  loaded_by_name text not null,
  loaded_at timestamptz not null
);
comment on table order_area_bound is 'global: areas are, too';
