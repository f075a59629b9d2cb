-- A message that staff write may be sent again and again; each sending is a row of its own, so that it is read and recalled by itself.
alter table platform_message_send add column repeat text not null default 'once' check (repeat in ('once', 'daily', 'workdays', 'weekly'));
comment on column platform_message_send.repeat is 'How a waiting message comes again: once, daily, on working days, weekly.';
