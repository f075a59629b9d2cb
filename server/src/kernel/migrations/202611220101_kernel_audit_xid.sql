-- See order_timeline: the sealer asks each second for the last transactions' rows.
drop index kernel_audit_xid_idx;
create index kernel_audit_xid_idx on kernel_audit (xid);
