-- Who changed a score, not only his name: he does not decide on the appeal against it.
alter table quality_change add by_id uuid;
