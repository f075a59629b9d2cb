-- What orders publish to domains above: clocks, assignments, acts, counters, results. No content, no telephone.
create view orders_pub_clock_view as
  select tenant_id, id, order_id, assignment_id, unit_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state, paused_at, met_at from order_clock;
create view orders_pub_assignment_view as
  select tenant_id, id, order_id, parent_id, unit_id, unit_name, role, state, round, handler_id, handler_name, dispatched_at, signed_at, contacted_at, done_at, due_at from order_assignment;
create view orders_pub_act_view as
  select tenant_id, order_id, at, id, assignment_id, act, actor_id, actor_name, unit_name from order_timeline;
create view orders_pub_order_view as
  select tenant_id, id, number, title, state, appeal_type, urgency, area_code, matter_id, matter_name, category_id, channel, dispatch_kind, subject_kind, flags, round, lead_unit_id, lead_unit_name, confidential,
         urge_count, supplement_count, return_count, next_due_at, next_clock, stage_since_at, registered_at, dispatched_at, closed_at, registered_by, picked_by from order_order;
create view orders_pub_feedback_view as
  select tenant_id, id, order_id, assignment_id, unit_id, kind, state, submitted_at, length(result) as result_length from order_feedback;

-- Rules of supervision look at open orders that were returned, urged or redone; those are few.
create index on order_order (tenant_id, return_count) where return_count > 0 and state in ('draft', 'pendingReview', 'pendingDispatch', 'inProgress', 'pendingResultReview', 'pendingCallback');
