-- Requests for an instruction go to one leader or up the chain of leaders; both end in the same instruction (ORD-48, SUP-23).
alter table supervision_instruction drop constraint supervision_instruction_state_check;
alter table supervision_instruction add constraint supervision_instruction_state_check check (state in ('requested', 'issued', 'reported', 'closed', 'declined'));
alter table supervision_instruction
  add column flow_instance_id uuid,
  -- What a leader said who did not instruct: why the request was returned.
  add column declined_reason text;
create unique index supervision_instruction_in_steps on supervision_instruction (tenant_id, order_id) where state = 'requested' and flow_instance_id is not null;
create index on supervision_instruction (tenant_id, flow_instance_id) where flow_instance_id is not null;

-- Instructions that were kept as requests on orders move into their one home; those that still wait can be answered by every leader of the centre.
insert into supervision_instruction (tenant_id, id, order_id, state, urgency, request, requested_by, requested_by_name, requested_at, leader_name, text, issued_at, closed_at, closed_by_name, declined_reason, created_at)
  select tenant_id, id, order_id, case state when 'approved' then 'closed' when 'pending' then 'requested' else 'declined' end, 'normal', reason, applicant_id, applicant_name, created_at, decided_by_name,
         case state when 'approved' then coalesce(opinion, '同意') end, case state when 'approved' then decided_at end, case state when 'approved' then decided_at end, case state when 'approved' then decided_by_name end, case when state in ('refused', 'cancelled') then opinion end, created_at
  from order_request where kind = 'instruction';
delete from order_request where kind = 'instruction';
