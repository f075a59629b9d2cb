-- The call an attempt rests on; null where the agent wrote how it was tried instead.
alter table callback_attempt add column call_id uuid;
