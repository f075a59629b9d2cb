-- Strategies also say how patient one is, in which language, how much may fall outside working hours, and may stand for all of a kind of requester (CBK-08).
alter table callback_strategy
  -- null: as the tenant has set for all
  add attempts int check (attempts between 1 and 20),
  add interval_hours numeric(5, 1) check (interval_hours between 0 and 240),
  add language text not null default 'zh' check (language in ('zh', 'ug', 'kk', 'mn', 'en', 'ru')),
  -- of a plan's tasks, so many percent may be called outside working hours
  add off_hours_share int not null default 100 check (off_hours_share between 0 and 100),
  -- used for tasks without a plan, of requesters of its kind
  add standing boolean not null default false;
create unique index on callback_strategy (tenant_id, for_kind) where standing;
alter table callback_task add off_hours boolean not null default false;
create index on callback_task (tenant_id, plan_id) where off_hours;
