-- Classes of an upper platform: what arrived, what differs, and which retired class counts as which one today.

create table matter_sync_run (
  tenant_id uuid not null,
  id uuid not null,
  scheme text not null,
  source text not null check (source in ('pushed', 'fetched')),
  nodes jsonb not null,
  differences jsonb not null,
  state text not null check (state in ('pending', 'applied', 'discarded')),
  by_name text not null,
  at timestamptz not null,
  decided_by_name text,
  decided_at timestamptz,
  primary key (tenant_id, id)
);
create index on matter_sync_run (tenant_id, at desc, id desc);

create table matter_node_mapping (
  tenant_id uuid not null,
  id uuid not null,
  scheme text not null,
  old_id uuid not null,
  new_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  undone_by_name text,
  undone_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, old_id) references matter_scheme_node (tenant_id, id),
  foreign key (tenant_id, new_id) references matter_scheme_node (tenant_id, id)
);
create unique index on matter_node_mapping (tenant_id, old_id) where undone_at is null;
create index on matter_node_mapping (tenant_id, new_id);
comment on table matter_node_mapping is 'statistics count an order of the old class as one of the new class; the order keeps its own';

-- The class that counts today, through several mappings.
create view matter_node_mapping_view as
  with recursive walk as (
    select tenant_id, old_id, new_id, 1 as depth from matter_node_mapping where undone_at is null
    union all
    select w.tenant_id, w.old_id, m.new_id, w.depth + 1 from walk w join matter_node_mapping m on m.tenant_id = w.tenant_id and m.old_id = w.new_id and m.undone_at is null where w.depth < 10)
  select distinct on (tenant_id, old_id) tenant_id, old_id, new_id from walk order by tenant_id, old_id, depth desc;
