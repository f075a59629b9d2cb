-- Drafts are edited in place, published versions are retired by their successor or by hand; bindings also by case profile and channel.

alter table form_version drop constraint form_version_state_check;
update form_version set state = 'retired' where state = 'history';
alter table form_version add constraint form_version_state_check check (state in ('draft', 'published', 'retired'));
alter table form_version
  add column revision int not null default 1,
  add column note text,
  add column changed_at timestamptz,
  add column changed_by_name text,
  add column retired_at timestamptz;

alter table form_binding drop constraint form_binding_tenant_id_appeal_type_matter_id_line_key;
alter table form_binding
  add column case_profile text,
  add column channel text,
  add constraint form_binding_scope unique nulls not distinct (tenant_id, appeal_type, matter_id, line, case_profile, channel);
