-- What the machine read out of a submission beside what the requester sent (INT-08), and what stayed unanswered (INT-09).
alter table intake_submission
  add column raw_text text,
  add column raw_file_id uuid,
  -- [{ field, value, confidence, final }]: proposals and what was chosen.
  add column machine jsonb,
  add column gaps text[] not null default '{}';
