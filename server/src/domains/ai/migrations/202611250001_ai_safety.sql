-- Texts that were masked, blocked or left to a person (AI-53), with what a person said of the decision.
create table ai_safety_hit (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  scene text not null check (scene in ('input', 'answer', 'reply')),
  class text not null,
  decision text not null check (decision in ('mask', 'block', 'review')),
  words text[] not null default '{}',
  -- Around the words, without personal data.
  excerpt text not null,
  -- The sentence as it is compared: letters and digits only.
  sentence text not null,
  why text not null,
  object_type text,
  object_id text,
  verdict text check (verdict in ('right', 'wrong')),
  verdict_at timestamptz,
  verdict_by_name text,
  by_name text not null,
  primary key (tenant_id, id)
);
create index on ai_safety_hit (tenant_id, at desc, id desc);
-- What was judged harmless passes from then on.
create index on ai_safety_hit (tenant_id, md5(sentence)) where verdict = 'wrong';
alter table ai_call drop constraint ai_call_result_check;
alter table ai_call add constraint ai_call_result_check check (result in ('ok', 'late', 'refused', 'unreachable', 'garbled', 'unfounded', 'unsafe', 'overBudget'));
