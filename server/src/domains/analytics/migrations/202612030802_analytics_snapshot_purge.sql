-- Snapshots are never changed; one that is past its term and that nobody holds goes as a whole, by this function and no other way.
create function analytics_purge_snapshot(of_tenant uuid, of_snapshot uuid, taken_before timestamptz) returns boolean language plpgsql security definer set search_path = public as $$
begin
  perform 1 from analytics_snapshot s where s.tenant_id = of_tenant and s.id = of_snapshot and s.taken_at < taken_before for update;
  if not found then return false; end if;
  delete from analytics_snapshot_row where tenant_id = of_tenant and snapshot_id = of_snapshot;
  delete from analytics_snapshot where tenant_id = of_tenant and id = of_snapshot;
  return true;
end $$;
create index analytics_snapshot_taken on analytics_snapshot (tenant_id, taken_at);
