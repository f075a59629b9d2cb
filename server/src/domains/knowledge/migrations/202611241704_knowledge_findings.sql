-- What a check of the stock found: contradictions between two texts, and what is wrong with one.
create table knowledge_finding (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('contradiction', 'missingField', 'deadLink', 'repealedBasis')),
  label text not null,
  item_id uuid not null,
  item_version int not null,
  passage text not null,
  other_id uuid,
  other_version int not null default 0,
  other_passage text,
  state text not null check (state in ('open', 'kept', 'corrected', 'retired', 'gone')),
  note text not null default '',
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by_name text,
  primary key (tenant_id, id)
);
-- A dismissed finding does not come back unless a text changes.
create unique index on knowledge_finding (tenant_id, kind, label, item_id, item_version, coalesce(other_id, '00000000-0000-0000-0000-000000000000'::uuid), other_version);
create index on knowledge_finding (tenant_id, state, found_at desc, id desc);
create index on knowledge_finding (tenant_id, item_id);
create index on knowledge_finding (tenant_id, other_id) where other_id is not null;
