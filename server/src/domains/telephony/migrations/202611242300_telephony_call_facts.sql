-- Calls and states of agents as later domains count them.

-- Calls under way when this one began, itself included: the peak of a period is the largest of these.
alter table telephony_call add column concurrent int;

create or replace view telephony_pub_call_view as
  select tenant_id, id, started_at, direction, state, queue_id, queue_name, queued_at, wait_ms, class, agent_id, agent_name, answered_at, ended_at, talk_ms, end_cause, rating, order_id,
    called, trunk, carrier, area, language, list_kind, class_reason, agent_ids, unit_id, phone_mask, ringing_at, hung_up_by, collected, recorded, concurrent, wait_ms / 1000.0 as wait_seconds, talk_ms / 1000.0 as talk_seconds
  from telephony_call;

-- A state lasts until the agent's next one; the running one has no end.
create view telephony_pub_state_view as
  select s.tenant_id, s.id, s.at, s.user_id as agent_id, coalesce(a.user_name, '–') as agent_name, a.unit_id, s.state, s.reason, s.actor_name, s.call_id, n.at as next_at, floor(extract(epoch from n.at - s.at))::bigint as seconds
  from telephony_state s left join telephony_agent a on a.tenant_id = s.tenant_id and a.user_id = s.user_id
  left join lateral (select x.at from telephony_state x where x.tenant_id = s.tenant_id and x.user_id = s.user_id and (x.at, x.id) > (s.at, s.id) order by x.at, x.id limit 1) n on true;
