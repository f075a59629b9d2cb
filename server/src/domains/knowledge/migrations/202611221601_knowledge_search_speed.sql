-- Knowledge is published now and then and searched all day: words go to their place when they are written, not into a list that every
-- search has to read through.
alter index knowledge_passage_tokens_idx set (fastupdate = off);
alter index knowledge_item_title_key_idx set (fastupdate = off);
do $$ begin
  perform gin_clean_pending_list('knowledge_passage_tokens_idx');
  perform gin_clean_pending_list('knowledge_item_title_key_idx');
end $$;
