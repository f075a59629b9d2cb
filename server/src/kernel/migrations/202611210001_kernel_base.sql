-- The kernel's own tables. Comments say which tables are global (no tenant) and which are append-only.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Month partitions: created ahead by a cron and on demand by loaders. Runs as the owner.
create function kernel_ensure_months(parent text, from_month date, to_month date) returns void language plpgsql security definer set search_path = public as $$
declare m date := date_trunc('month', from_month); child text; app text;
begin
  while m <= to_month loop
    child := parent || '_' || to_char(m, 'YYYYMM');
    if to_regclass('public.' || child) is null then
      -- Rows that already fell into the default partition keep the month from being made: they stay there, which only costs speed.
      execute format('create table if not exists %I partition of %I for values from (%L) to (%L)', child, parent, m::timestamptz, (m + interval '1 month')::timestamptz);
    end if;
    m := m + interval '1 month';
  end loop;
end $$;

create table kernel_outbox (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  tenant_id uuid not null,
  name text not null,
  aggregate_id text not null,
  payload jsonb not null,
  at timestamptz not null
);
create index on kernel_outbox (xid, id);
comment on table kernel_outbox is 'Events written with the command that made them; read by the dispatcher in commit-safe order (xid below the oldest running transaction).';

create table kernel_outbox_cursor (
  consumer text primary key,
  xid xid8 not null,
  id bigint not null
);
comment on table kernel_outbox_cursor is 'global: position of each consumer';

create table kernel_outbox_retry (
  consumer text not null,
  event_id bigint not null,
  aggregate_id text not null,
  attempts int not null default 1,
  next_at timestamptz not null,
  error text not null,
  primary key (consumer, event_id)
);
create index on kernel_outbox_retry (consumer, aggregate_id);
create index on kernel_outbox_retry (next_at);
comment on table kernel_outbox_retry is 'global: events whose handler failed; later events of the same aggregate wait behind them';

create table kernel_idempotency (
  key text not null,
  actor_id text not null,
  route text not null,
  request_hash text not null,
  status int not null,
  response jsonb,
  at timestamptz not null,
  primary key (actor_id, key)
);
create index on kernel_idempotency (at);
comment on table kernel_idempotency is 'global: answers of commands by client key, kept two days';

create table kernel_session (
  token_hash text primary key,
  audience text not null check (audience in ('staff', 'public')),
  subject_id uuid not null,
  tenant_id uuid not null,
  csrf text not null,
  state text not null check (state in ('open', 'totp', 'changePassword')),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  idle_minutes int not null default 30,
  ip text,
  terminal text,
  method text not null
);
create index on kernel_session (subject_id);
create index on kernel_session (expires_at);

create table kernel_audit (
  id uuid not null,
  at timestamptz not null,
  xid bigint not null default (pg_current_xact_id()::text::bigint),
  tenant_id uuid not null,
  kind text not null check (kind in ('login', 'access', 'operation', 'keyData')),
  actor_id uuid,
  actor_name text not null,
  role text,
  ip text,
  terminal text,
  module text not null,
  act text not null,
  object_type text,
  object_id text,
  changes jsonb,
  text text,
  result text not null,
  request_id text,
  row_hash bytea not null,
  primary key (id, at)
) partition by range (at);
create index on kernel_audit (tenant_id, at desc, id desc);
create index on kernel_audit (tenant_id, actor_id, at desc);
create index on kernel_audit (tenant_id, object_id, at desc);
create index on kernel_audit using brin (xid);
comment on table kernel_audit is 'append-only: who did what, when, from where; sealed in batches';

create table kernel_seal (
  store text not null,
  seq bigint not null,
  at timestamptz not null,
  from_xid bigint not null,
  to_xid bigint not null,
  ids uuid[] not null,
  prev_hash bytea not null,
  hash bytea not null,
  primary key (store, seq)
);
comment on table kernel_seal is 'append-only: global: one link per batch of committed rows; hash = SM3(prev, seq, ids, row hashes)';

create table kernel_file (
  tenant_id uuid not null,
  id uuid not null,
  place text not null,
  object_type text,
  object_id uuid,
  name text not null,
  type text not null,
  size bigint not null,
  checksum text not null,
  storage_key text not null,
  uploaded_by uuid,
  uploaded_by_name text not null,
  audience text not null default 'staff',
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create unique index on kernel_file (id);
create index on kernel_file (tenant_id, object_type, object_id);

create table kernel_holiday (
  date date primary key,
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null
);
comment on table kernel_holiday is 'global: statutory holidays and make-up days';

create table kernel_state (
  key text primary key,
  value jsonb not null
);
comment on table kernel_state is 'global: small facts of the installation (holidays covered until, demo clock, first start)';

create table kernel_audit_default partition of kernel_audit default;
select kernel_ensure_months('kernel_audit', (now() - interval '1 month')::date, (now() + interval '3 months')::date);
