-- Whom of the portal the result of a report is told to; never shown to staff.
alter table knowledge_report add column reported_account uuid;
create index on knowledge_report (tenant_id, reported_by);
