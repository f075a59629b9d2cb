-- The one store of words of all modules (WAR-12): what must not go out, what is looked for, what means the same.
create table platform_word (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  word text not null,
  -- Without marks, spaces, width and case: what texts are searched for and what makes a word the same.
  plain text not null,
  category text not null default '',
  grade text check (grade in ('high', 'medium', 'low')),
  -- Words that mean it (collective words), and longer ones in which it is harmless.
  related text[] not null default '{}',
  excepts text[] not null default '{}',
  weight int not null default 100,
  state text not null check (state in ('proposed', 'active', 'retired')),
  valid_from date,
  valid_to date,
  note text not null default '',
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant_id, id)
);
create unique index on platform_word (tenant_id, kind, plain);
create index on platform_word (tenant_id, kind, state, changed_at desc);
-- The list of the SMS desk moves here.
insert into platform_word (tenant_id, id, kind, word, plain, state, changed_at, changed_by_name)
  select v.tenant_id, gen_random_uuid(), 'sensitive', w, lower(regexp_replace(normalize(w, NFKC), '[[:space:][:punct:]]', '', 'g')), 'active', v.changed_at, v.changed_by
  from platform_setting_value v, jsonb_array_elements_text(v.value) w where v.key = 'sms.sensitiveWords' and jsonb_typeof(v.value) = 'array' and v.unit_id = '00000000-0000-0000-0000-000000000000' on conflict do nothing;
delete from platform_setting_value where key = 'sms.sensitiveWords';
