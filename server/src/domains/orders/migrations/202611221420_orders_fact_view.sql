-- What figures are counted from: one row an order, the columns of dimensions and dates, nothing personal.
create view orders_pub_fact_view as
  select tenant_id, id, number, title, state, close_kind, appeal_type, urgency, area_code, matter_id, matter_name, category_id, industry_id, channel, registration_source, dispatch_kind,
    subject_kind, line, flags, round, lead_unit_id, lead_unit_name, confidential, involved_count, urge_count, supplement_count, return_count, next_due_at, registered_at, dispatched_at,
    closed_at, archived_at, registered_by, picked_by
  from order_order;
