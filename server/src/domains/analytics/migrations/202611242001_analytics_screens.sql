-- Screens on walls: a screen asks for a code, an administrator confirms it; its session is then the screen's own, read-only, until revoked.
create table analytics_screen_device (
  tenant_id uuid not null references platform_tenant (id),
  id uuid not null,
  name text not null,
  -- Codes of the boards it shows, one after the other.
  boards text[] not null check (cardinality(boards) between 1 and 12),
  rotate_seconds int not null check (rotate_seconds between 15 and 3600),
  state text not null default 'active' check (state in ('active', 'revoked')),
  confirmed_at timestamptz not null,
  confirmed_by_name text not null,
  revoked_at timestamptz,
  revoked_by_name text,
  primary key (tenant_id, id)
);

create table analytics_screen_pairing (
  -- Hash of the secret that only the waiting screen holds.
  secret_hash text primary key,
  code text not null unique,
  created_at timestamptz not null,
  tenant_id uuid,
  device_id uuid
);
comment on table analytics_screen_pairing is 'global: a screen belongs to no centre before it is confirmed';
