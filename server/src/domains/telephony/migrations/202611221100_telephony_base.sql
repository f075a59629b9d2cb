-- Telephony: what administrators edit (lines, lists, queues, prompts, flows), what the exchange tells (calls, states, recordings),
-- and what joins both to orders. The exchange itself has no database.

-- Lines ----------------------------------------------------------------------

create table telephony_trunk (
  tenant_id uuid not null,
  id uuid not null,
  -- Sub-centre that manages it; null: the tenant's centre.
  unit_id uuid,
  name text not null,
  transport text not null check (transport in ('udp', 'tcp', 'tls')),
  host text not null,
  port int not null check (port between 1 and 65535),
  codecs text[] not null,
  channels int not null check (channels > 0),
  -- Channels that emergency numbers alone may take.
  reserved int not null default 0,
  username text,
  secret_enc text,
  shown_number text,
  inbound boolean not null,
  outbound boolean not null,
  -- The lower number is tried first.
  priority int not null,
  enabled boolean not null,
  state text not null default 'unknown' check (state in ('unknown', 'up', 'down', 'disabled')),
  state_at timestamptz,
  state_reason text,
  version int not null default 1,
  updated_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on telephony_trunk (tenant_id, name);

create table telephony_line_fault (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  trunk_id uuid,
  subject text not null,
  text text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, trunk_id) references telephony_trunk on delete set null (trunk_id)
);
create index on telephony_line_fault (tenant_id, at desc, id desc);
create index on telephony_line_fault (tenant_id, trunk_id);

create table telephony_extension (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid,
  extension text not null,
  kind text not null check (kind in ('browser', 'phone')),
  -- Whose it is; null: any agent may sign in there.
  user_id uuid,
  -- Desk phones register with a password; only its digests (HA1) are kept, under the key file.
  secret_enc text,
  enabled boolean not null,
  version int not null default 1,
  updated_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on telephony_extension (tenant_id, extension);
create index on telephony_extension (tenant_id, user_id) where user_id is not null;

-- Lists ----------------------------------------------------------------------

create table telephony_list_entry (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('black', 'white', 'red')),
  -- A whole number is personal: encrypted, found by its keyed hash. A segment (13800*) is not: kept as its leading digits.
  number_enc text,
  number_hash text,
  last4_hash text,
  prefix text,
  shown text not null,
  reason text not null,
  valid_from timestamptz,
  valid_to timestamptz,
  -- {days: [1..7], from: "09:00", to: "17:00"}; null: always.
  weekly jsonb,
  source text not null check (source in ('manual', 'rule', 'batch')),
  state text not null check (state in ('draft', 'pending', 'active', 'refused', 'expired', 'removed')),
  hits int not null default 0,
  last_hit_at timestamptz,
  created_at timestamptz not null,
  created_by_name text not null,
  updated_at timestamptz not null,
  changed_by_name text not null,
  version int not null default 1,
  primary key (tenant_id, id),
  check ((number_hash is null) <> (prefix is null))
);
create unique index telephony_list_once on telephony_list_entry (tenant_id, number_hash) where state in ('pending', 'active') and kind in ('black', 'white') and number_hash is not null;
create unique index telephony_list_prefix_once on telephony_list_entry (tenant_id, prefix) where state in ('pending', 'active') and kind in ('black', 'white') and prefix is not null;
create unique index telephony_red_once on telephony_list_entry (tenant_id, coalesce(number_hash, prefix)) where state in ('pending', 'active') and kind = 'red';
create index on telephony_list_entry (tenant_id, created_at desc, id desc);
create index on telephony_list_entry (tenant_id, state, kind, created_at desc, id desc);
create index on telephony_list_entry (tenant_id, number_hash);
create index on telephony_list_entry (tenant_id, last4_hash);
create index on telephony_list_entry (tenant_id, valid_to) where state = 'active' and valid_to is not null;

create table telephony_barred (
  tenant_id uuid not null,
  id uuid not null,
  -- A number or, with `segment`, the digits it begins with.
  digits text not null,
  segment boolean not null,
  -- Extensions it is barred for; empty: all.
  extensions text[] not null default '{}',
  reason text not null,
  created_at timestamptz not null,
  created_by_name text not null,
  primary key (tenant_id, id)
);
create index on telephony_barred (tenant_id, created_at desc, id desc);

-- Queues ---------------------------------------------------------------------

create table telephony_skill (
  tenant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  code text not null,
  name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, parent_id) references telephony_skill
);
create unique index on telephony_skill (tenant_id, code);
create index on telephony_skill (tenant_id, parent_id);

create table telephony_agent_skill (
  tenant_id uuid not null,
  user_id uuid not null,
  skill_id uuid not null,
  level int not null check (level between 1 and 5),
  primary key (tenant_id, user_id, skill_id),
  foreign key (tenant_id, skill_id) references telephony_skill on delete cascade
);
create index on telephony_agent_skill (tenant_id, skill_id);

create table telephony_prompt (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  application text not null check (application in ('flow', 'queue', 'announcement', 'music', 'robot')),
  language text not null default 'zh',
  speed text not null default 'normal' check (speed in ('normal', 'slow')),
  -- The release that plays; 0: none yet.
  released int not null default 0,
  version int not null default 1,
  updated_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on telephony_prompt (tenant_id, code);

create table telephony_voice_file (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  application text not null,
  -- The content as 8 kHz A-law, whatever was uploaded.
  file_id uuid not null,
  sha256 text not null,
  ms int not null,
  source_rate int not null,
  uploaded_at timestamptz not null,
  uploaded_by_name text not null,
  primary key (tenant_id, id)
);
create index on telephony_voice_file (tenant_id, uploaded_at desc, id desc);

create table telephony_prompt_version (
  tenant_id uuid not null,
  prompt_id uuid not null,
  number int not null,
  -- [{kind: "file", voiceFileId} | {kind: "text", text} | {kind: "shipped", name} | {kind: "pause", ms}]
  segments jsonb not null,
  state text not null check (state in ('draft', 'released', 'old')),
  saved_at timestamptz not null,
  saved_by_name text not null,
  released_at timestamptz,
  primary key (tenant_id, prompt_id, number),
  foreign key (tenant_id, prompt_id) references telephony_prompt on delete cascade
);

create table telephony_queue (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid,
  code text not null,
  name text not null,
  -- Business group (scene) the queue belongs to.
  service text not null,
  -- [{pick, afterSeconds}]: tried in order, each after its seconds of waiting.
  strategies jsonb not null,
  ring_seconds int not null,
  capacity int not null,
  wrap_up_seconds int,
  -- [{days: [1..7], from, to}] opening times; null: always.
  opening jsonb,
  music_prompt_id uuid,
  -- [{skillId, level}]
  skills jsonb not null default '[]',
  -- [{waitedSeconds?, waiting?, averageWaitSeconds?, to: {queueId} | {voicemail: true} | {flowId}}]
  overflow jsonb not null default '[]',
  callback_after_seconds int,
  tell_position_seconds int not null default 30,
  say_staff_number boolean not null default true,
  record_notice boolean not null default true,
  -- Points per factor of the score; waiting always weighs.
  weights jsonb not null,
  survey_flow_id uuid,
  voicemail boolean not null default false,
  open boolean not null default false,
  version int not null default 1,
  updated_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, music_prompt_id) references telephony_prompt
);
create unique index on telephony_queue (tenant_id, code);
create index on telephony_queue (tenant_id, music_prompt_id);

create table telephony_queue_member (
  tenant_id uuid not null,
  queue_id uuid not null,
  user_id uuid not null,
  -- 1 is asked first.
  tier int not null default 1,
  added_at timestamptz not null,
  added_by_name text not null,
  primary key (tenant_id, queue_id, user_id),
  foreign key (tenant_id, queue_id) references telephony_queue on delete cascade
);
create index on telephony_queue_member (tenant_id, user_id);

-- Flows ----------------------------------------------------------------------

create table telephony_flow (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  use text not null check (use in ('inbound', 'survey', 'callback', 'robot')),
  draft jsonb not null,
  draft_at timestamptz not null,
  draft_by_name text not null,
  -- The version that new calls take; 0: none yet.
  published int not null default 0,
  version int not null default 1,
  primary key (tenant_id, id)
);
create unique index on telephony_flow (tenant_id, code);

create table telephony_flow_version (
  tenant_id uuid not null,
  flow_id uuid not null,
  number int not null,
  graph jsonb not null,
  note text,
  published_at timestamptz not null,
  published_by_name text not null,
  primary key (tenant_id, flow_id, number),
  foreign key (tenant_id, flow_id) references telephony_flow on delete cascade
);
comment on table telephony_flow_version is 'append-only: what was published, for calls that began with it and for going back';

create table telephony_number (
  tenant_id uuid not null,
  id uuid not null,
  unit_id uuid,
  -- As the carrier sends it; leads to one tenant only.
  number text not null,
  name text not null,
  flow_id uuid,
  queue_id uuid,
  shown_number text,
  enabled boolean not null,
  version int not null default 1,
  updated_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, flow_id) references telephony_flow,
  foreign key (tenant_id, queue_id) references telephony_queue
);
create unique index telephony_number_once on telephony_number (number);
create index on telephony_number (tenant_id, flow_id);
create index on telephony_number (tenant_id, queue_id);

-- Policy ---------------------------------------------------------------------

create table telephony_policy (
  tenant_id uuid primary key,
  -- The snapshot that was built last, and its digest. The snapshot itself holds numbers in clear and lives at the exchange only.
  number int not null default 0,
  sha256 text,
  at timestamptz,
  -- Changes asked for, and how many of them the last build has seen.
  wanted int not null default 1,
  built int not null default 0
);

-- What the exchange tells ----------------------------------------------------

create table telephony_position (
  exchange text primary key,
  epoch text not null,
  seq bigint not null,
  at timestamptz not null
);
comment on table telephony_position is 'global: how far the events of an exchange are projected';

create table telephony_event (
  tenant_id uuid not null,
  epoch text not null,
  seq bigint not null,
  at timestamptz not null,
  call_id uuid,
  kind text not null,
  data jsonb not null,
  primary key (tenant_id, epoch, seq, at)
) partition by range (at);
create index on telephony_event (tenant_id, call_id, at, seq) where call_id is not null;
create table telephony_event_default partition of telephony_event default;
select kernel_ensure_months('telephony_event', (now() - interval '1 month')::date, (now() + interval '3 months')::date);
comment on table telephony_event is 'append-only: events of the exchange, each once by (epoch, seq)';

create table telephony_call (
  tenant_id uuid not null,
  id uuid not null,
  started_at timestamptz not null,
  direction text not null check (direction in ('inbound', 'outbound', 'internal')),
  state text not null,
  -- The outside party: encrypted, found by keyed hash.
  phone_enc text,
  phone_hash text,
  last4_hash text,
  phone_mask text,
  called text,
  carrier text,
  area text,
  trunk text,
  language text,
  ivr_path jsonb not null default '[]',
  policy_number int,
  flow_id uuid,
  flow_version int,
  queue_id uuid,
  queue_name text,
  queued_at timestamptz,
  wait_ms int,
  class text,
  class_reason text,
  list_kind text,
  -- The one who speaks or spoke last, and all who did.
  agent_id uuid,
  agent_name text,
  agent_ids uuid[] not null default '{}',
  ringing_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  talk_ms int,
  end_cause text,
  hung_up_by text,
  rating int,
  linked_call_id uuid,
  -- Form opened at ringing, before there is an order.
  draft_id uuid,
  requester_id uuid,
  -- Dialled from an order at this step of its life.
  order_id uuid,
  order_step text,
  assignment_id uuid,
  unit_id uuid,
  recorded boolean not null default false,
  -- Owed to the caller: abandoned, or cut off by us.
  ring_back text check (ring_back in ('open', 'done', 'dropped')),
  ring_back_by_name text,
  ring_back_at timestamptz,
  collected jsonb,
  quality jsonb,
  primary key (tenant_id, started_at, id)
) partition by range (started_at);
create index on telephony_call (tenant_id, id);
create index on telephony_call (tenant_id, agent_id, started_at desc, id desc);
create index on telephony_call (tenant_id, queue_id, started_at desc, id desc);
create index on telephony_call (tenant_id, phone_hash, started_at desc);
create index on telephony_call (tenant_id, last4_hash, started_at desc);
create index on telephony_call (tenant_id, order_id, started_at desc) where order_id is not null;
create index on telephony_call (tenant_id, ring_back, started_at) where ring_back = 'open';
create index on telephony_call (tenant_id, state) where ended_at is null;
create table telephony_call_default partition of telephony_call default;
select kernel_ensure_months('telephony_call', (now() - interval '4 months')::date, (now() + interval '3 months')::date);

create table telephony_leg (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  started_at timestamptz not null,
  party text not null check (party in ('caller', 'agent', 'third', 'leader')),
  user_id uuid,
  name text not null,
  extension text,
  answered_at timestamptz,
  ended_at timestamptz,
  cause text,
  primary key (tenant_id, started_at, id)
) partition by range (started_at);
create index on telephony_leg (tenant_id, call_id, started_at);
create table telephony_leg_default partition of telephony_leg default;
select kernel_ensure_months('telephony_leg', (now() - interval '4 months')::date, (now() + interval '3 months')::date);

create table telephony_session (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  user_name text not null,
  unit_id uuid,
  extension text not null,
  queue_ids uuid[] not null,
  auto_answer boolean not null,
  signed_in_at timestamptz not null,
  signed_out_at timestamptz,
  end_cause text,
  ended_by_name text,
  -- Calls taken, average length, completion: the sheet shown at sign-out.
  sheet jsonb,
  primary key (tenant_id, id)
);
create unique index telephony_session_open on telephony_session (tenant_id, user_id) where signed_out_at is null;
create index on telephony_session (tenant_id, user_id, signed_in_at desc);
create index on telephony_session (tenant_id, signed_in_at desc, id desc);

create table telephony_agent (
  tenant_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  unit_id uuid,
  session_id uuid,
  extension text,
  state text not null,
  reason text,
  since_at timestamptz not null,
  until_at timestamptz,
  call_id uuid,
  queue_ids uuid[] not null default '{}',
  missed int not null default 0,
  primary key (tenant_id, user_id)
);
create index on telephony_agent (tenant_id, state);
create index on telephony_agent (tenant_id, call_id) where call_id is not null;

create table telephony_state (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  session_id uuid,
  at timestamptz not null,
  until_at timestamptz,
  state text not null,
  reason text,
  cause text not null,
  actor_name text not null,
  call_id uuid,
  primary key (tenant_id, at, id)
) partition by range (at);
create index on telephony_state (tenant_id, user_id, at desc);
create table telephony_state_default partition of telephony_state default;
select kernel_ensure_months('telephony_state', (now() - interval '1 month')::date, (now() + interval '3 months')::date);

create table telephony_recording (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  call_at timestamptz not null,
  segment int not null,
  kind text not null check (kind in ('call', 'voicemail')),
  state text not null check (state in ('writing', 'spooled', 'stored', 'failed', 'deleted')),
  file_id uuid,
  storage_key uuid,
  -- Key of the content, itself under the key file.
  seal text,
  offset_ms int not null default 0,
  ms int,
  size bigint,
  sha256 text,
  -- Loudest of each slice, two channels: base64 of bytes.
  peaks text,
  agent_ids uuid[] not null default '{}',
  reason text,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (tenant_id, id)
);
create index on telephony_recording (tenant_id, call_id, segment);
create index on telephony_recording (tenant_id, call_at desc, id desc);
create index on telephony_recording (tenant_id, state, created_at);

create table telephony_recording_access (
  tenant_id uuid not null,
  id uuid not null,
  recording_id uuid not null,
  call_id uuid not null,
  at timestamptz not null,
  user_id uuid,
  user_name text not null,
  action text not null check (action in ('play', 'download', 'delete')),
  mark text,
  primary key (tenant_id, id)
);
create index on telephony_recording_access (tenant_id, recording_id, at desc);
create index on telephony_recording_access (tenant_id, at desc, id desc);
comment on table telephony_recording_access is 'append-only: every listening, download and deletion';

create table telephony_voicemail (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  queue_id uuid,
  queue_name text,
  at timestamptz not null,
  phone_enc text,
  phone_hash text,
  phone_mask text,
  ms int,
  recording_id uuid not null,
  state text not null check (state in ('new', 'heard', 'done')),
  heard_by_name text,
  done_by_name text,
  order_id uuid,
  draft_id uuid,
  version int not null default 1,
  primary key (tenant_id, id)
);
create index on telephony_voicemail (tenant_id, at desc, id desc);
create index on telephony_voicemail (tenant_id, queue_id, state, at desc);

-- What joins calls and people ------------------------------------------------

create table telephony_order_call (
  tenant_id uuid not null,
  order_id uuid not null,
  call_id uuid not null,
  call_at timestamptz not null,
  -- How they belong together: registered during it, dialled from the order, linked by hand.
  kind text not null check (kind in ('registered', 'dialled', 'linked')),
  step text not null,
  assignment_id uuid,
  unit_id uuid,
  unit_name text,
  user_id uuid,
  user_name text not null,
  at timestamptz not null,
  timeline_id uuid,
  primary key (tenant_id, order_id, call_id),
  foreign key (tenant_id, order_id) references order_order
);
create index on telephony_order_call (tenant_id, call_id);

create table telephony_handover (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid not null,
  at timestamptz not null,
  from_id uuid,
  from_name text not null,
  to_kind text not null,
  to_id text,
  to_name text not null,
  reason text,
  package jsonb not null,
  result text not null,
  result_reason text,
  ended_at timestamptz,
  primary key (tenant_id, id)
);
create index on telephony_handover (tenant_id, call_id, at);

create table telephony_intervention (
  tenant_id uuid not null,
  id uuid not null,
  call_id uuid,
  user_id uuid,
  at timestamptz not null,
  kind text not null,
  actor_id uuid,
  actor_name text not null,
  target_name text not null,
  reason text not null,
  primary key (tenant_id, id)
);
create index on telephony_intervention (tenant_id, call_id, at);
create index on telephony_intervention (tenant_id, at desc, id desc);
comment on table telephony_intervention is 'append-only: what leaders did in calls and with seats, and why';

create table telephony_notice (
  tenant_id uuid not null,
  id uuid not null,
  text text not null,
  to_kind text not null check (to_kind in ('all', 'unit', 'queue')),
  to_id uuid,
  to_name text not null,
  user_ids uuid[] not null,
  at timestamptz not null,
  until_at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (tenant_id, id)
);
create index on telephony_notice (tenant_id, until_at);
create index on telephony_notice (tenant_id, at desc, id desc);

create table telephony_notice_read (
  tenant_id uuid not null,
  notice_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  at timestamptz not null,
  primary key (tenant_id, notice_id, user_id),
  foreign key (tenant_id, notice_id) references telephony_notice on delete cascade
);

-- What later domains may join: no telephone.
create view telephony_pub_call_view as
  select tenant_id, id, started_at, direction, state, queue_id, queue_name, queued_at, wait_ms, class, agent_id, agent_name, answered_at, ended_at, talk_ms, end_cause, rating, order_id from telephony_call;
