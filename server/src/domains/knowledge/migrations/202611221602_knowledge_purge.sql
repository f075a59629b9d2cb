-- Versions are never changed, but what was given up long ago and nobody ever quoted may go: by this function and no other way.
create function knowledge_purge(of_tenant uuid, of_item uuid, discarded_before timestamptz) returns boolean language plpgsql security definer set search_path = public as $$
begin
  perform 1 from knowledge_item i where i.tenant_id = of_tenant and i.id = of_item and i.state = 'discarded' and i.down_at < discarded_before and i.type_code <> 'statute'
    and not exists (select 1 from knowledge_citation c where c.tenant_id = of_tenant and c.item_id = of_item) for update;
  if not found then return false; end if;
  delete from knowledge_passage where tenant_id = of_tenant and item_id = of_item;
  delete from knowledge_favourite where tenant_id = of_tenant and item_id = of_item;
  delete from knowledge_rating where tenant_id = of_tenant and item_id = of_item;
  delete from knowledge_ticket where tenant_id = of_tenant and item_id = of_item;
  delete from knowledge_version where tenant_id = of_tenant and item_id = of_item;
  delete from knowledge_item where tenant_id = of_tenant and id = of_item;
  return true;
end $$;
create index on knowledge_item (tenant_id, down_at) where state = 'discarded';
