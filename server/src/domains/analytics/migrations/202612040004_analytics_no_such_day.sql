-- A day that no calendar has is a refusal of its own.
alter table analytics_ask drop constraint analytics_ask_refused_check, add constraint analytics_ask_refused_check check (refused in ('unknownIndicator', 'personalData', 'notAQuestion', 'forecast', 'noSuchDay', 'failed'));
