-- Answers of requesters, as figures count them.
create view callback_pub_result_view as
  select tenant_id, id, order_id, round, at, by_kind, way, contacted, solved, satisfied, attributable, outcome, unit_id, unit_name from callback_result;
