-- A form that was begun for a call is opened by whoever has the call now.
create index on telephony_call (tenant_id, draft_id) where draft_id is not null;
