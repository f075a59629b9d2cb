-- The outbox is delivered in four lanes by aggregate, each with its own cursor; all go on where the one cursor stood.
insert into kernel_outbox_cursor (consumer, xid, id)
select 'lane ' || lane, coalesce(c.xid, '0'::xid8), coalesce(c.id, 0)
from generate_series(0, 3) as lane left join kernel_outbox_cursor c on c.consumer = 'all';
delete from kernel_outbox_cursor where consumer = 'all';
comment on table kernel_outbox_cursor is 'global: position of each lane of delivery';
