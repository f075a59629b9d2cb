-- Entries of number lists wait for their approvals; a change of an entry in force waits beside it (TEL-42).
alter table telephony_list_entry
  -- What the running approval is about: one entry, or all rows of one batch.
  add column approval_id uuid,
  add column flow_id uuid,
  -- {reason, validFrom, validTo, weekly}: a change that is not approved yet.
  add column proposed jsonb;
create index on telephony_list_entry (tenant_id, approval_id) where approval_id is not null;
