-- Calls that reached a queue by half hours, beside what had been forecast for them, so that the error of the forecast can be read.
create table telephony_volume (
  tenant_id uuid not null,
  queue_id uuid not null,
  -- Begin of the half hour.
  at timestamptz not null,
  -- Null until it is over.
  arrived int,
  -- Told at least half an hour before, and once more by the evening before.
  expected numeric,
  expected_day numeric,
  -- The same half hour a week earlier.
  naive numeric,
  needed int,
  -- Seats signed in when the half hour was over.
  present int,
  primary key (tenant_id, queue_id, at),
  foreign key (tenant_id, queue_id) references telephony_queue on delete cascade
);
create index on telephony_volume (tenant_id, at);

-- A look at each queue once a minute, for curves of the last day.
create table telephony_queue_snapshot (
  tenant_id uuid not null,
  queue_id uuid not null,
  at timestamptz not null,
  waiting int not null,
  longest_ms int not null,
  ready int not null,
  talking int not null,
  primary key (tenant_id, queue_id, at),
  foreign key (tenant_id, queue_id) references telephony_queue on delete cascade
);
create index on telephony_queue_snapshot (tenant_id, at);

-- When the last surge of the queue was told.
alter table telephony_queue add column surge_told_at timestamptz;
