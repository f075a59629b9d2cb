-- What stands apart in assessment, for the domains that count: one row an approved exclusion or shelving.
create view orders_pub_exclusion_view as
  select tenant_id, id, order_id, kind, reason_class, reason, unit_id, state, approved_at, expires_at, ended_at, end_reason from order_exclusion;
