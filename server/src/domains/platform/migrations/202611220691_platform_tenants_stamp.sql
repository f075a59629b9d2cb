-- The tree of tenants is held by processes under its stamp, whoever writes it.
create function platform_tenants_changed() returns trigger language plpgsql as $$
begin
  update platform_version set stamp = gen_random_uuid() where key = 'tenants';
  return null;
end $$;
create trigger platform_tenants_tenant after insert or delete or update on platform_tenant for each statement execute function platform_tenants_changed();
