-- Plans that draw once a week or a month from what was closed in the one before (CBK-11).
alter table callback_plan drop constraint callback_plan_kind_check, add constraint callback_plan_kind_check check (kind in ('once', 'long', 'weekly', 'monthly'));
