-- The staff list of prepaid accounts shows what came in and went out; summing the ledger for each account of a page reads every entry there is.
alter table intake_prepaid_account add column topped_up bigint not null default 0, add column charged bigint not null default 0, add column charges int not null default 0;
update intake_prepaid_account p set topped_up = s.topped_up, charged = s.charged, charges = s.charges
from (select tenant_id, enterprise_id, coalesce(sum(amount) filter (where kind = 'topUp'), 0) as topped_up, coalesce(-sum(amount) filter (where kind = 'appeal'), 0) as charged, count(*) filter (where kind = 'appeal') as charges from intake_ledger_entry group by 1, 2) s
where s.tenant_id = p.tenant_id and s.enterprise_id = p.enterprise_id;
-- Staff list of all accounts, the newest change first.
create index on intake_prepaid_account (tenant_id, updated_at desc, enterprise_id desc);
-- Staff list of redemptions narrowed to a state.
create index on intake_redemption (tenant_id, state, created_at desc, id desc);
