-- The rows of one order in one snapshot are found by this alone: before statistics know a new snapshot, an index that begins with the
-- snapshot looked as good and was read from end to end.
create index on assessment_fact (tenant_id, order_id, snapshot_id);
drop index assessment_fact_tenant_id_order_id_idx;
