-- Boards name roles by code: a name may change. A name that no role bears stays as it was written, and shows the board to nobody until an editor chooses.
update analytics_board b set draft = jsonb_set(b.draft, '{roles}', coalesce((select jsonb_agg(coalesce((select r.code from platform_role r where r.tenant_id = b.tenant_id and r.name = n.value order by r.code limit 1), n.value)) from jsonb_array_elements_text(b.draft -> 'roles') n), '[]'))
  where jsonb_array_length(b.draft -> 'roles') > 0;
update analytics_board_version b set definition = jsonb_set(b.definition, '{roles}', coalesce((select jsonb_agg(coalesce((select r.code from platform_role r where r.tenant_id = b.tenant_id and r.name = n.value order by r.code limit 1), n.value)) from jsonb_array_elements_text(b.definition -> 'roles') n), '[]'))
  where jsonb_array_length(b.definition -> 'roles') > 0;
