-- Who has a report open to edit, and which text: gone from sight when not renewed, overwritten by the next stay.
create table reports_presence (
  tenant_id uuid not null,
  report_id uuid not null,
  user_id uuid not null,
  user_name text not null,
  block_id text,
  seen_at timestamptz not null,
  primary key (tenant_id, report_id, user_id),
  foreign key (tenant_id, report_id) references reports_report (tenant_id, id)
);
