-- What a kind of orders adds to its callbacks: who calls, and what is asked besides the three rates.
alter table callback_task add column queue text;
comment on column callback_task.queue is 'Code of the seat whose members call; null: every agent.';
alter table callback_result add column items jsonb not null default '[]';
comment on column callback_result.items is 'Answers to the rating items of the order''s profile: [{name, grade}], grade of the satisfaction scale.';
