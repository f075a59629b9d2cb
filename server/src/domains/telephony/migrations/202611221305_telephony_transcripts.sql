-- What was said in a recording, and the points that people marked in it.
create table telephony_utterance (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  recording_id uuid not null,
  speaker text not null check (speaker in ('citizen', 'agent')),
  -- Milliseconds on the call's time line.
  start_ms int not null,
  end_ms int not null,
  text text not null,
  confidence double precision not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index on telephony_utterance (tenant_id, recording_id, start_ms);

create table telephony_key_point (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  recording_id uuid not null,
  -- Milliseconds from the beginning of the recording.
  at_ms int not null,
  text text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index on telephony_key_point (tenant_id, recording_id, at_ms);
