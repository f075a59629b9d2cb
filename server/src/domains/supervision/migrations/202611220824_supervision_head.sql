-- A request to the head of government, whose instruction also designates the unit (SUP-25).
alter table supervision_instruction add column head boolean not null default false;
