-- QR codes of the appeal form, and what the centre publishes.

create table intake_qr (
  tenant_id uuid not null,
  id uuid not null,
  -- In the address of the sheet: random, so that one code does not lead to the next.
  code text not null,
  name text not null,
  kind text not null check (kind in ('general', 'place', 'enterprise', 'unit', 'campaign')),
  appeal_type text,
  matter_id uuid,
  area_code text,
  address text,
  subject text,
  valid_from_at timestamptz,
  valid_until_at timestamptz,
  enabled boolean not null default true,
  scans int not null default 0,
  submissions int not null default 0,
  created_by_name text not null,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id)
);
create unique index on intake_qr (tenant_id, code);
create index on intake_qr (tenant_id, created_at desc, id desc);

alter table intake_submission add column qr_id uuid;
alter table intake_submission add foreign key (tenant_id, qr_id) references intake_qr;
create index on intake_submission (tenant_id, qr_id);

create table intake_publication (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('intro', 'notice', 'case', 'result', 'hot')),
  title text not null,
  summary text not null default '',
  body text not null,
  state text not null default 'draft' check (state in ('draft', 'review', 'approved', 'published', 'withdrawn')),
  pinned boolean not null default false,
  -- Tells every citizen account when it is published.
  announce boolean not null default false,
  order_id uuid,
  author_id uuid,
  author_name text not null,
  reviewer_name text,
  reviewed_at timestamptz,
  opinion text,
  publish_at timestamptz,
  published_at timestamptz,
  expires_at timestamptz,
  withdrawn_at timestamptz,
  withdraw_reason text,
  reads int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_order
);
create index on intake_publication (tenant_id, order_id);
create index on intake_publication (tenant_id, updated_at desc, id desc);
create index on intake_publication (tenant_id, published_at desc, id desc) where state = 'published';
create index on intake_publication (tenant_id, publish_at) where state = 'approved';
