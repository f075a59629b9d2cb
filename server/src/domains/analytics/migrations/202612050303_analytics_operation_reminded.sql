-- The cycle, by its first day, for which the lateness of the one before was told.
alter table analytics_operation add column reminded_for date;
