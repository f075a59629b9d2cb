-- Orders of confirmed hot events, one row an event and order, for figures: how much of what came in belongs to what is hot.
create view analytics_pub_hot_order_view as
  select e.tenant_id, e.id as event_id, e.title, x.order_id from analytics_hot_event e cross join lateral unnest(e.order_ids) as x(order_id) where e.state = 'confirmed';
-- A question that was understood but is not the asker's to see, or cannot be divided as asked, is a refusal of its own.
alter table analytics_ask drop constraint analytics_ask_refused_check, add constraint analytics_ask_refused_check check (refused in ('unknownIndicator', 'personalData', 'notAQuestion', 'forecast', 'noSuchDay', 'notAllowed', 'notDivided', 'failed'));
