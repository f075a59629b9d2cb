-- What every caller hears first: announcements for a time, and emergency modes with a queue of their own.
create table telephony_announcement (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  -- Spoken by synthesis, unless a released prompt is named.
  text text not null,
  prompt_id uuid,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Service numbers at which it is heard; empty: all.
  numbers text[] not null default '{}',
  -- The lower is heard first.
  place int not null,
  version int not null default 1,
  updated_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, prompt_id) references telephony_prompt,
  check (until_at > from_at)
);
create index on telephony_announcement (tenant_id, until_at desc, id desc);
create index on telephony_announcement (tenant_id, prompt_id);

create table telephony_emergency_mode (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  text text not null,
  -- Who presses it at the announcement is connected first; null: only the numbers below.
  key text,
  -- Numbers whose calls belong to the event, encrypted as one list.
  numbers_enc text,
  number_count int not null,
  queue_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  ended_at timestamptz,
  ended_by_name text,
  begun_by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, queue_id) references telephony_queue
);
create index on telephony_emergency_mode (tenant_id, from_at desc, id desc);
create index on telephony_emergency_mode (tenant_id, queue_id);

-- Which entries a periodic audit took off the list, and when one ran last.
alter table telephony_list_entry add column audited_at timestamptz;
alter table telephony_policy add column lists_audited_at timestamptz;
