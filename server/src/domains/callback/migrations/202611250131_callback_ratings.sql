-- Ratings over all channels, as they were given: of calls by key, of conversations by stars, of orders on the portal.
create view callback_rating_view as
  select c.tenant_id, 'call'::text as object, c.id, c.started_at as at, c.rating as stars, null::text as text, c.agent_id, c.agent_name, c.order_id, c.phone_mask, coalesce(c.queue_name, '') as service, null::boolean as reopened
  from telephony_call c where c.rating between 1 and 5
  union all
  select s.tenant_id, 'chat', s.id, coalesce(s.rated_at, s.last_message_at), s.stars, s.rating_text, s.agent_id, s.agent_name, null::uuid, a.phone_mask, s.topic, null
  from intake_chat_session s left join intake_account a on a.tenant_id = s.tenant_id and a.id = s.account_id where s.stars between 1 and 5
  union all
  select r.tenant_id, 'order', r.id, r.created_at, r.stars, r.text, null, null, r.order_id, o.contact_phone_mask, r.channel, r.reopened
  from intake_rating r join order_order o on o.tenant_id = r.tenant_id and o.id = r.order_id;

-- What a bad rating asks of the centre: a person hears the requester, and answers.
create table callback_care (
  tenant_id uuid not null,
  id uuid not null,
  object text not null check (object in ('call', 'chat', 'order')),
  object_id uuid not null,
  state text not null check (state in ('open', 'done')),
  created_at timestamptz not null,
  opinion text,
  answer text,
  answer_way text check (answer_way in ('call', 'sms', 'chat', 'other')),
  done_at timestamptz,
  done_by uuid,
  done_by_name text,
  primary key (tenant_id, id),
  check (state = 'open' or (answer is not null and answer_way is not null))
);
create unique index callback_care_once on callback_care (tenant_id, object, object_id);
create index on callback_care (tenant_id, state, created_at desc);

-- The view is read by period, and each minute for what is new.
create index on telephony_call (tenant_id, started_at desc) where rating is not null;
create index on intake_chat_session (tenant_id, rated_at desc) where stars is not null;
create index on intake_rating (tenant_id, created_at desc);
