-- Acts on statutes as a chain of hashes (KNO-29): each line holds the hash of the one before, so that none can be changed, left out or put between unseen.
create table knowledge_evidence (
  tenant_id uuid not null,
  seq bigint not null,
  item_id uuid not null,
  item_title text not null,
  act text not null,
  version int,
  -- Of the text that held after the act.
  content_hash text,
  summary text not null default '',
  by_name text not null,
  at timestamptz not null,
  previous text not null,
  hash text not null,
  primary key (tenant_id, seq)
);
comment on table knowledge_evidence is 'append-only: what was done to statutes, chained by hashes';
create index on knowledge_evidence (tenant_id, item_id, seq desc);
-- Whoever sent knowledge today: for the daily cap.
create index on knowledge_trail (tenant_id, by_id, at) where act = 'send';
