-- Sentences are read by call while it is talked.
create index on telephony_utterance (tenant_id, call_id, start_ms);
create index on telephony_key_point (tenant_id, call_id);
