-- Boards, themes and statistics tables a tenant made or changed; the delivered ones stand in the program. Figures are never stored here.
create table analytics_board (
  tenant_id uuid not null references platform_tenant (id),
  code text not null check (code ~ '^[a-z][A-Za-z0-9]{1,39}$'),
  name text not null,
  kind text not null check (kind in ('live', 'theme', 'comparison', 'table', 'screen')),
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  shipped boolean not null,
  -- What is being edited; null once published.
  draft jsonb,
  -- The published version shown to readers; 0 before the first.
  version int not null default 0,
  -- Counts every change, so that two editors notice each other.
  edit int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, code)
);

create table analytics_board_version (
  tenant_id uuid not null,
  code text not null,
  version int not null check (version > 0),
  definition jsonb not null,
  at timestamptz not null,
  by_name text not null,
  primary key (tenant_id, code, version),
  foreign key (tenant_id, code) references analytics_board (tenant_id, code)
);
comment on table analytics_board_version is 'append-only: what was shown can be shown again';
