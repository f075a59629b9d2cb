-- Password of a citizen account and its security question (INT-03).
alter table intake_account
  add column password_hash text,
  add column password_changed_at timestamptz,
  add column security_question text,
  add column security_answer_hash text;
