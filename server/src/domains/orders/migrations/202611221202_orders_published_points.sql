-- Where orders are, for boards: points only, no content.
create view orders_pub_point_view as
  select tenant_id, id, lon, lat from order_order where lon is not null and lat is not null;
-- Acts of the seats of a centre, by person and day.
create index order_timeline_seat_acts on order_timeline (tenant_id, at)
  where act in ('register', 'submit', 'passReview', 'returnToAgent', 'answer', 'dispatch', 'acceptResult', 'returnResult', 'rejectClosing', 'approveReturn', 'refuseReturn', 'callbackSatisfied', 'callbackDissatisfied', 'callbackGivenUp');
