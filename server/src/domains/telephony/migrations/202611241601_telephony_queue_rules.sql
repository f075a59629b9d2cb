-- Rules of a queue: other strategies or weights while their conditions hold (TEL-17, TEL-18).
alter table telephony_queue add column rules jsonb not null default '[]';
