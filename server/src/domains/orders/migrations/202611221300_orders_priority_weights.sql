-- What an instruction and a grade of urgency weigh in a centre's order of work (ORD-15); without a row 2 and 1.
create table order_priority_weight (
  tenant_id uuid not null,
  instruction int not null,
  urgency int not null,
  primary key (tenant_id)
);
-- The trigger reads the centre's own weights.
create or replace function order_priority() returns trigger language plpgsql as $$
declare
  i int := 2;
  u int := 1;
begin
  select w.instruction, w.urgency into i, u from order_priority_weight w where w.tenant_id = new.tenant_id;
  if not found then
    i := 2;
    u := 1;
  end if;
  new.priority := coalesce(new.priority_manual::int, (case when new.flags @> array['instructed'] then i else 0 end) + (case new.urgency when 'major' then 2 * u when 'urgent' then u else 0 end));
  return new;
end $$;
