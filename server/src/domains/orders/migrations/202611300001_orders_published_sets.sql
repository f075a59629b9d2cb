-- What event sets publish to domains above: the set, how many joined, and which orders. No words of requesters.
create view orders_pub_set_view as
  select s.tenant_id, s.id, s.number, s.title, s.core, s.communities, s.people, s.area_code, s.matter_id, s.matter_name, s.state, s.lead_order_id, s.reply, s.created_at, s.dispatched_at, s.answered_at,
         (select count(*)::int from order_event_member m where m.tenant_id = s.tenant_id and m.set_id = s.id and m.state = 'joined') as members
  from order_event_set s;
create view orders_pub_set_member_view as
  select tenant_id, set_id, order_id, carried, answered_at, joined_at from order_event_member where state = 'joined';
