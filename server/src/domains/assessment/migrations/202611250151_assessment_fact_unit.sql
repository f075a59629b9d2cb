-- A few units' rows of a snapshot. Statistics that do not know a fresh snapshot give any lookup by it one row, and the primary key was read
-- from end to end instead: the snapshot is compared in a form that only this index serves.
create index assessment_fact_unit on assessment_fact (tenant_id, unit_id, (snapshot_id::text));
