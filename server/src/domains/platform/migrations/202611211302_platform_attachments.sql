-- Uploads that were never attached are found by it every hour.
create index kernel_file_unattached on kernel_file (tenant_id, created_at) where object_id is null and deleted_at is null;
-- Copies of a file in another tenant share the stored content: it is removed with the last row.
create index kernel_file_storage_key on kernel_file (storage_key);
alter table kernel_file add column deleted_by uuid, add column deleted_by_name text, add column purged_at timestamptz;
