-- What registration may take beside name, identity number, mobile and address (INT-03).
alter table intake_account
  add column landline text,
  add column birth_date text check (birth_date ~ '^\d{4}-\d{2}-\d{2}$'),
  add column sex text check (sex in ('male', 'female'));
