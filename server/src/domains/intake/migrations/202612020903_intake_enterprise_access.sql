-- How an enterprise is received (INT-25): by telephone and by chat each a rule, and a seat of its own.
alter table intake_enterprise
  add column phone_access text not null default 'level' check (phone_access in ('level', 'noQueue', 'ordinary')),
  add column chat_access text not null default 'level' check (chat_access in ('level', 'noQueue', 'ordinary')),
  add column seat_id uuid,
  add column seat_name text;
-- A conversation of an enterprise with a seat of its own goes there while that seat has room.
alter table intake_chat_session add column seat_id uuid;
