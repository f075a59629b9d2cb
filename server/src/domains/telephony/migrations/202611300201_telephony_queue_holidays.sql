-- A queue with opening hours may stay closed on statutory holidays, and then follows make-up days.
alter table telephony_queue add column closed_on_holidays boolean not null default false;
