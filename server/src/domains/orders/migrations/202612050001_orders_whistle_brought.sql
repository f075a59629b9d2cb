-- Whether the department could not read the order before it was called: then the right to read ends with a call that was a mistake.
alter table order_whistle_call add column brought boolean not null default false;
