-- A message taken back stays in the recipient's list, struck out and without its words.
alter table platform_message add column recalled_at timestamptz;
