-- Whoever reports an error without signing in looks up the answer by number and code; the code itself is not kept.
alter table knowledge_report add code_hash text;
