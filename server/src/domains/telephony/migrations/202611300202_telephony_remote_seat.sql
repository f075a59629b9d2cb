-- Who may sit at a seat outside the centre's network, and for how long (TEL-35).
create table telephony_remote_seat (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  user_name text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  reason text not null,
  created_at timestamptz not null,
  created_by_name text not null,
  ended_at timestamptz,
  ended_by_name text,
  primary key (tenant_id, id),
  check (until_at > from_at)
);
create index telephony_remote_seat_user_idx on telephony_remote_seat (tenant_id, user_id, until_at);
create index telephony_remote_seat_until_idx on telephony_remote_seat (tenant_id, until_at);
alter table telephony_session add column remote boolean not null default false;
alter table telephony_call add column remote boolean not null default false;
