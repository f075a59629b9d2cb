-- Who can act where is asked with every notice: processes cache the answers under a stamp that any change of people, posts and grants renews.
insert into platform_version (key, stamp) values ('people', gen_random_uuid()) on conflict do nothing;

create function platform_people_changed() returns trigger language plpgsql as $$
begin
  update platform_version set stamp = gen_random_uuid() where key = 'people';
  return null;
end $$;

-- Signing in writes to platform_user too, and must neither wait for others nor empty the caches: only these columns count.
create trigger platform_people_user after insert or delete or update of state, valid_from, valid_to, name on platform_user for each statement execute function platform_people_changed();
create trigger platform_people_post after insert or delete or update on platform_post for each statement execute function platform_people_changed();
create trigger platform_people_grant after insert or delete or update on platform_grant for each statement execute function platform_people_changed();
