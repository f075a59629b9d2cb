-- The sealer asks each second for the entries of the last transactions. A BRIN index reads whatever was written since the last vacuum (30 ms at
-- 10 million entries); a b-tree reads what is asked, and grows at its right edge only.
drop index order_timeline_xid_idx;
create index order_timeline_xid_idx on order_timeline (xid);
