-- What the centre mended in a declaration, draft or standing exclusion: old and new, to be undone.
create table order_declaration_repair (
  tenant_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  source text not null check (source in ('draft', 'pending', 'approved')),
  record_id uuid not null,
  unit_name text not null,
  -- Field → { old, new }.
  changes jsonb not null,
  why text not null,
  at timestamptz not null,
  by_name text not null,
  undone_at timestamptz,
  undone_by_name text,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on order_declaration_repair (tenant_id, at desc, id desc);
create index on order_declaration_repair (tenant_id, order_id);
-- How many declarations of a month were approved.
create index on order_request (tenant_id, decided_at) where kind = 'exclusion' and state in ('approved', 'refused');
