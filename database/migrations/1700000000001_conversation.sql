-- Up Migration

create table citizens (
  -- Opaque: the only form in which a person stands outside this table.
  id text primary key default gen_random_uuid()::text,
  -- WhatsApp's business-scoped user id; it changes when the citizen changes their number.
  bsuid text unique,
  parent_bsuid text,
  -- Digits with country code. Missing for citizens who show WhatsApp only a username.
  phone text unique,
  username text,
  profile_name text,
  -- Null until the citizen chose one.
  language text check (language in ('bn', 'en', 'hi')),
  last_inbound_at timestamptz,
  opted_out_at timestamptz,
  created_at timestamptz not null default now()
);
create index citizens_parent_bsuid on citizens (parent_bsuid) where parent_bsuid is not null;

-- What happened to a citizen's WhatsApp identity, for whoever must untangle it later.
create table identity_events (
  id bigint generated always as identity primary key,
  citizen_id text not null references citizens,
  kind text not null check (kind in ('number moved here', 'number moved away', 'changed', 'conflict')),
  other_citizen_id text references citizens,
  -- The message in which WhatsApp announced a change.
  wamid text unique,
  at timestamptz not null default now()
);
create index identity_events_citizen on identity_events (citizen_id);

-- Everything accepted with 200 that a workflow must hear of. `lane` is the workflow that it is for: rows of one lane
-- are delivered in the order of their ids.
create table inbox (
  id bigint generated always as identity primary key,
  -- m:<wamid>; one row for ever, however often the sender repeats itself.
  key text not null unique,
  lane text not null,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  delivered_at timestamptz
);
create index inbox_undelivered on inbox (lane, id) where delivered_at is null;
create index inbox_received on inbox (received_at);

-- The order of the values is the lattice of WhatsApp's statuses: a message only moves forward.
-- `failed` beats sent; delivered beats `failed`, since statuses come out of order.
create type message_state as enum ('begun', 'abandoned', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played');

-- One row for each message we send, written before the call, since WhatsApp has no idempotency key.
create table messages (
  -- <run id>-<turn>
  id text primary key,
  citizen_id text not null references citizens,
  text_key text not null,
  kind text not null,
  state message_state not null default 'begun',
  wamid text unique,
  -- Set while a call is under way whose end nobody has recorded: it may have gone out.
  in_flight_since timestamptz,
  attempts integer not null default 0,
  error_code integer,
  pricing_category text,
  pricing_type text,
  begun_at timestamptz not null default now(),
  accepted_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz
);
create index messages_citizen on messages (citizen_id, begun_at desc);

-- Consent to be written to, as the law wants it kept: when, by which words, in which message.
create table consents (
  id bigint generated always as identity primary key,
  citizen_id text not null references citizens,
  granted boolean not null,
  words text not null,
  wamid text not null unique,
  at timestamptz not null default now()
);
create index consents_citizen on consents (citizen_id, at desc);

-- What WhatsApp tells about the account and not about a message: limits, restrictions, templates, errors.
create table notices (
  id bigint generated always as identity primary key,
  field text not null,
  value jsonb not null,
  fingerprint text not null unique,
  received_at timestamptz not null default now()
);

-- Finds or makes the citizen behind a sender: business-scoped id first, parent id second, phone last.
-- Two citizens are never merged: a recycled number must not show one person another's papers.
create function resolve_citizen(
  a_bsuid text, a_parent text, a_phone text, a_username text, a_name text
) returns text language plpgsql as $$
declare
  found citizens%rowtype;
  holder citizens%rowtype;
begin
  loop
    found := null;
    if a_bsuid is not null then
      select * into found from citizens where bsuid = a_bsuid for update;
    end if;
    if found.id is null and a_parent is not null then
      select * into found from citizens where parent_bsuid = a_parent and bsuid is null limit 1 for update;
    end if;
    if a_phone is not null and found.phone is distinct from a_phone then
      select * into holder from citizens where phone = a_phone for update;
      if holder.id is not null and found.id is null and (holder.bsuid is null or a_bsuid is null) then
        found := holder;
      elsif holder.id is not null and holder.bsuid is not null and a_bsuid is not null then
        -- The number belongs to another person now. The earlier one is still reached by their own id.
        update citizens set phone = null where id = holder.id;
        insert into identity_events (citizen_id, kind, other_citizen_id)
          values (holder.id, 'number moved away', found.id);
      elsif holder.id is not null then
        insert into identity_events (citizen_id, kind, other_citizen_id) values (found.id, 'conflict', holder.id);
        a_phone := null;
      end if;
    end if;
    if found.id is not null then
      update citizens set
        bsuid = coalesce(bsuid, a_bsuid),
        parent_bsuid = coalesce(a_parent, parent_bsuid),
        phone = coalesce(a_phone, phone),
        username = coalesce(a_username, username),
        profile_name = coalesce(a_name, profile_name)
      where id = found.id;
      return found.id;
    end if;
    insert into citizens (bsuid, parent_bsuid, phone, username, profile_name)
      values (a_bsuid, a_parent, a_phone, a_username, a_name)
      on conflict do nothing
      returning id into found.id;
    if found.id is not null then
      return found.id;
    end if;
    -- Somebody else made this citizen at the same moment: look again.
  end loop;
end $$;

-- Writes a whole webhook to the inbox and resolves its citizens, in one statement and one transaction.
-- batch: [{key, bsuid, parentBsuid, phone, username, profileName, payload}], in the order of the webhook.
-- Returns what was new, and whose lane it went to.
create function accept_messages(batch jsonb) returns table (lane text, wamid text) language plpgsql as $$
declare
  entry record;
  citizen text;
  added integer;
begin
  for entry in
    select item, ordinal
    from jsonb_array_elements(batch) with ordinality as items (item, ordinal)
    -- Always in the same order, so that two webhooks about the same people cannot wait for each other.
    order by coalesce(item ->> 'bsuid', item ->> 'phone'), ordinal
  loop
    -- A repetition changes nothing, not even who last wrote.
    continue when exists (select from inbox where key = entry.item ->> 'key');
    citizen := resolve_citizen(
      entry.item ->> 'bsuid', entry.item ->> 'parentBsuid', entry.item ->> 'phone',
      entry.item ->> 'username', entry.item ->> 'profileName'
    );
    -- Also locks the citizen until the commit: rows of one lane become visible in the order of their ids.
    update citizens set last_inbound_at = now() where id = citizen;
    insert into inbox (key, lane, payload) values (entry.item ->> 'key', citizen, entry.item -> 'payload')
      on conflict (key) do nothing;
    get diagnostics added = row_count;
    if added > 0 then
      lane := citizen;
      wamid := entry.item -> 'payload' ->> 'wamid';
      return next;
    end if;
  end loop;
end $$;

-- Follows a citizen to a new number or business-scoped id that WhatsApp itself announced.
create function change_identity(
  old_bsuid text, old_phone text, new_bsuid text, new_phone text, a_wamid text
) returns void language plpgsql as $$
declare
  citizen text;
begin
  if exists (select from identity_events where wamid = a_wamid) then
    return;
  end if;
  select id into citizen from citizens where bsuid = old_bsuid for update;
  if citizen is null then
    -- Whoever has another id of their own is another person who was given the number later.
    select id into citizen from citizens
      where phone = old_phone and (old_bsuid is null or bsuid is null) for update;
  end if;
  if citizen is null then
    return;
  end if;
  if exists (
    select from citizens where id <> citizen and (bsuid = new_bsuid or (phone = new_phone and bsuid is null))
  ) then
    insert into identity_events (citizen_id, kind, wamid) values (citizen, 'conflict', a_wamid)
      on conflict do nothing;
    return;
  end if;
  update citizens set phone = null where phone = new_phone and id <> citizen;
  update citizens set bsuid = coalesce(new_bsuid, bsuid), phone = coalesce(new_phone, phone) where id = citizen;
  insert into identity_events (citizen_id, kind, wamid) values (citizen, 'changed', a_wamid)
    on conflict do nothing;
end $$;

-- Down Migration

drop function change_identity, accept_messages, resolve_citizen;
drop table notices, consents, messages, inbox, identity_events, citizens;
drop type message_state;
