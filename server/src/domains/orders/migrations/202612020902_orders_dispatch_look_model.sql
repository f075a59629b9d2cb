-- The model looks at each waiting order once as well.
alter table order_dispatch_look drop constraint order_dispatch_look_sweep_check, add check (sweep in ('rules', 'profiles', 'model'));
