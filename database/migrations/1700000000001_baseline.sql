-- Up Migration

-- ---- Citizens and their conversations ----

create table citizens (
  -- Opaque: the only form in which a person stands outside this table and the next.
  id text primary key default gen_random_uuid()::text,
  username text,
  profile_name text,
  -- Null until the citizen chose one.
  language text check (language in ('bn', 'en', 'hi')),
  -- By WhatsApp's own clock: it decides whether the customer-service window is open.
  last_inbound_at timestamptz,
  opted_out_at timestamptz,
  -- Since when we wait for them to show their number; null where we did not ask, or they have answered.
  phone_asked_at timestamptz,
  created_at timestamptz not null default now(),
  -- Long silent: nothing says any more who it was.
  forgotten_at timestamptz
);
create index citizens_silent on citizens (coalesce(last_inbound_at, created_at)) where forgotten_at is null;

-- Stands in the place of an id of WhatsApp's where only sameness counts: a wamid decodes to a phone number.
create function digest_of(a_text text) returns text language sql immutable strict parallel safe as $$
  select encode(sha256(convert_to(a_text, 'UTF8')), 'hex')
$$;

-- The business-scoped user id changes when the citizen changes their number. The phone is in digits with country code,
-- and missing for citizens who show WhatsApp only a username.
create type citizen_id_kind as enum ('bsuid', 'parent_bsuid', 'phone');

-- How WhatsApp names a citizen, and from when to when. Past ids stay, so that a late word finds whoever said it.
create table citizen_ids (
  citizen_id text not null references citizens,
  kind citizen_id_kind not null,
  value text not null,
  since timestamptz not null,
  -- Null while it is the citizen's.
  until timestamptz,
  primary key (kind, value, since, citizen_id),
  check (since <= until)
);
-- A business-scoped id never passes to another person. A number does, and has one holder at a time.
create unique index citizen_ids_bsuid on citizen_ids (kind, value) where kind <> 'phone';
create unique index citizen_ids_phone on citizen_ids (value) where kind = 'phone' and until is null;
create unique index citizen_ids_current on citizen_ids (citizen_id, kind) where until is null;
create index citizen_ids_citizen on citizen_ids (citizen_id, kind);
create index citizen_ids_former on citizen_ids (until) where until is not null;

-- What happened to a citizen's WhatsApp identity, for whoever must untangle it later.
create table identity_events (
  id bigint generated always as identity primary key,
  citizen_id text not null references citizens,
  kind text not null check (kind in ('number moved away', 'changed', 'conflict')),
  other_citizen_id text references citizens,
  -- Of the message in which WhatsApp announced a change.
  wamid_digest text unique,
  at timestamptz not null default now()
);
create index identity_events_citizen on identity_events (citizen_id);

-- Everything that a workflow must hear of, written in the transaction of whatever there is to tell. Entity and subject
-- are the lane (domain/entities.ts): rows of one lane are delivered in the order of their ids.
create table outbox (
  id bigint generated always as identity primary key,
  -- Names the news, as m:<wamid>: one row for ever, however often it is told.
  key text not null unique,
  entity text not null,
  subject text not null,
  payload jsonb not null,
  bytes integer not null generated always as (octet_length(payload::text)) stored,
  received_at timestamptz not null default now(),
  -- The trace that brought it (W3C traceparent), where traces are taken.
  trace text,
  delivered_at timestamptz,
  -- How often Temporal refused this row by itself. Its lane waits until then, longer each time.
  refusals smallint not null default 0,
  rests_until timestamptz,
  -- Refused too often: kept, and no longer in the way of what came later in its lane.
  set_aside_at timestamptz,
  set_aside_because text,
  check ((set_aside_at is null) = (set_aside_because is null))
);
create index outbox_undelivered on outbox (entity, subject, id) where delivered_at is null and set_aside_at is null;
create index outbox_received on outbox (received_at);
-- What citizens sent of other people and of places, until it is emptied.
create index outbox_cards on outbox (delivered_at)
  where payload #>> '{content,kind}' in ('contacts', 'location', 'form') and (payload -> 'content') - 'kind' <> '{}';

-- Whoever delivers listens: news of any process is delivered at once.
create function announce_news() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', new.entity || ' ' || new.subject);
  return null;
end $$;
create trigger announce_news after insert on outbox for each row execute function announce_news();

-- Parts of webhooks that could not be stored: of what shape they were, never what they said or of whom.
create table set_aside (
  id bigint generated always as identity primary key,
  source text not null,
  -- SQLSTATE, or the name of the error.
  reason text not null,
  outline text not null check (length(outline) <= 1000),
  digest text not null unique,
  received_at timestamptz not null default now()
);
create index set_aside_received on set_aside (received_at);

-- The order of the values is the lattice of WhatsApp's statuses: a message only moves forward.
-- `failed` beats sent; delivered beats `failed`, since statuses come out of order.
create type message_state as enum ('begun', 'abandoned', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played');

-- One row for each message we send, written before the call, since WhatsApp has no idempotency key.
create table messages (
  -- <run id>-<turn>
  id text primary key,
  citizen_id text not null references citizens,
  -- What it is about: conversation, payment or renewal, and its key. A failure that comes later is told there.
  about text not null check (about in ('conversation', 'payment', 'renewal', 'refund')),
  about_id text not null,
  text_key text not null,
  kind text not null,
  state message_state not null default 'begun',
  -- WhatsApp's own; `sha256:` and its digest once no status is expected any more.
  wamid text unique,
  -- Set while a call is under way whose end nobody has recorded: it may have gone out.
  in_flight_since timestamptz,
  attempts integer not null default 0,
  -- How often WhatsApp took it and then could not deliver it.
  failures smallint not null default 0,
  -- What was done about refusals, as in domain/outbound.ts: each once.
  remedies text[] not null default '{}',
  -- The upload in place of one that WhatsApp could not use.
  media_id text,
  -- Nothing more is tried by itself; a case says so to a person, unless the citizen does not want it.
  given_up_at timestamptz,
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
create index messages_about on messages (about, about_id) where about_id is not null;
create index messages_begun on messages (begun_at) where about = 'conversation' or wamid not like 'sha256:%';
-- What has not gone out yet: watched, and few.
create index messages_unsent on messages (begun_at) where accepted_at is null and given_up_at is null;

-- Consent to be written to, as the law wants it kept: when, and by which words. Each message counts once.
create table consents (
  id bigint generated always as identity primary key,
  citizen_id text not null references citizens,
  granted boolean not null,
  words text not null,
  wamid_digest text not null unique,
  at timestamptz not null default now()
);
create index consents_citizen on consents (citizen_id, at desc);

-- What WhatsApp tells about the account and not about a message: limits, restrictions, templates, errors.
create table notices (
  id bigint generated always as identity primary key,
  field text not null,
  -- What operators need of it (whatsapp/notices.ts): never a name, a number or an id of a person.
  value jsonb not null,
  -- Whom it is about, as far as they are known.
  citizens text[] not null default '{}',
  fingerprint text not null unique,
  received_at timestamptz not null default now()
);
create index notices_received on notices (received_at);

-- Whose an id was at a moment. A number is also its first holder's before we first saw it.
create function holder_of(a_kind citizen_id_kind, a_value text, a_at timestamptz) returns text
language sql stable as $$
  select citizen_id from citizen_ids
  where kind = a_kind and value = a_value and (a_kind <> 'phone' or until is null or until >= a_at)
  order by since limit 1
$$;

-- The citizen whom these ids named at a moment: business-scoped id first, parent id second, phone last. Whoever has, or
-- had, another business-scoped id is another person.
create function find_citizen(a_bsuid text, a_parent text, a_phone text, a_at timestamptz) returns text
language plpgsql stable as $$
declare
  found text := holder_of('bsuid', a_bsuid, a_at);
begin
  if found is null then
    found := coalesce(holder_of('parent_bsuid', a_parent, a_at), holder_of('phone', a_phone, a_at));
    if a_bsuid is not null and exists (select from citizen_ids where citizen_id = found and kind = 'bsuid') then
      found := null;
    end if;
  end if;
  return found;
end $$;

-- Gives an id to a citizen from a moment on, and takes it from whoever had it. An older word changes nothing.
create function take_id(a_citizen text, a_kind citizen_id_kind, a_value text, a_at timestamptz) returns void
language plpgsql as $$
declare
  holder citizen_ids%rowtype;
begin
  if a_value is null or exists (
    select from citizen_ids
    where kind = a_kind and value = a_value and citizen_id = a_citizen
      and (kind <> 'phone' or until is null or until >= a_at)
  ) or exists (
    select from citizen_ids where citizen_id = a_citizen and kind = a_kind and until is null and since > a_at
  ) then
    return;
  end if;
  select * into holder from citizen_ids where kind = a_kind and value = a_value order by until desc limit 1;
  if holder.citizen_id is not null and holder.until is null then
    -- Also the lock that a message of the former holder waits for.
    perform from citizens where id = holder.citizen_id for update;
  end if;
  if holder.citizen_id is not null and (a_kind <> 'phone' or coalesce(holder.until, holder.since) > a_at) then
    insert into identity_events (citizen_id, kind, other_citizen_id)
      select a_citizen, 'conflict', holder.citizen_id where not exists (
        select from identity_events
        where citizen_id = a_citizen and kind = 'conflict' and other_citizen_id = holder.citizen_id
      );
    return;
  end if;
  if holder.citizen_id is not null and holder.until is null then
    -- The number belongs to another person now: from here on it is no address of the former holder.
    update citizen_ids set until = a_at where kind = a_kind and value = a_value and until is null;
    insert into identity_events (citizen_id, kind, other_citizen_id)
      values (holder.citizen_id, 'number moved away', a_citizen);
  end if;
  update citizen_ids set until = a_at where citizen_id = a_citizen and kind = a_kind and until is null;
  insert into citizen_ids (citizen_id, kind, value, since) values (a_citizen, a_kind, a_value, a_at)
    on conflict do nothing;
end $$;

-- Finds or makes the citizen behind a sender, and locks them until the commit.
-- Two citizens are never merged: a recycled number must not show one person another's papers.
create function resolve_citizen(
  a_bsuid text, a_parent text, a_phone text, a_username text, a_name text, a_at timestamptz
) returns text language plpgsql as $$
declare
  citizen text;
  added integer;
begin
  loop
    citizen := find_citizen(a_bsuid, a_parent, a_phone, a_at);
    if citizen is not null then
      perform from citizens where id = citizen for update;
      -- While this waited for the lock, the number may have passed to somebody else.
      exit when citizen = find_citizen(a_bsuid, a_parent, a_phone, a_at);
      continue;
    end if;
    insert into citizens default values returning id into citizen;
    if a_bsuid is null then
      insert into citizen_ids (citizen_id, kind, value, since) values (citizen, 'phone', a_phone, a_at)
        on conflict do nothing;
    else
      insert into citizen_ids (citizen_id, kind, value, since) values (citizen, 'bsuid', a_bsuid, a_at)
        on conflict do nothing;
    end if;
    get diagnostics added = row_count;
    exit when added > 0;
    -- Somebody else made this citizen at the same moment: look again.
    delete from citizens where id = citizen;
  end loop;
  perform take_id(citizen, 'bsuid', a_bsuid, a_at);
  perform take_id(citizen, 'parent_bsuid', a_parent, a_at);
  perform take_id(citizen, 'phone', a_phone, a_at);
  update citizens set
    username = coalesce(a_username, username),
    profile_name = coalesce(a_name, profile_name),
    last_inbound_at = greatest(last_inbound_at, a_at)
  where id = citizen;
  return citizen;
end $$;

-- Follows a citizen to a new number or business-scoped id that WhatsApp itself announced. The old number may belong to
-- anybody from that moment on, also where WhatsApp does not say the new one.
create function change_identity(
  old_bsuid text, old_phone text, new_bsuid text, new_phone text, a_wamid text, a_at timestamptz
) returns void language plpgsql as $$
declare
  citizen text := find_citizen(old_bsuid, null, old_phone, a_at);
begin
  if citizen is null or exists (select from identity_events where wamid_digest = digest_of(a_wamid)) then
    return;
  end if;
  perform from citizens where id = citizen for update;
  insert into identity_events (citizen_id, kind, wamid_digest) values (citizen, 'changed', digest_of(a_wamid))
    on conflict do nothing;
  update citizen_ids set until = a_at
    where citizen_id = citizen and until is null and since <= a_at
      and case kind when 'phone' then value is distinct from new_phone when 'bsuid' then value <> new_bsuid end;
  perform take_id(citizen, 'bsuid', new_bsuid, a_at);
  perform take_id(citizen, 'phone', new_phone, a_at);
end $$;

-- Writes a whole webhook to the outbox and resolves its citizens, in one statement and one transaction. Changes of
-- identity and messages are applied in the order of WhatsApp's own timestamps; of one second, the change first.
-- batch: [{key, at, bsuid, parentBsuid, phone, username, profileName, shownPhone, payload, trace}], or {at, change: {wamid, previousBsuid,
-- previousPhone, bsuid, phone}}, with `at` in seconds since 1970.
-- Returns what was new, and whose lane it went to.
create function accept_messages(batch jsonb) returns table (lane text, wamid text) language plpgsql as $$
declare
  entry record;
  citizen text;
  added integer;
begin
  -- In the order of their ids, so that two webhooks about the same people cannot wait for each other.
  perform from citizens where id in (
    select i.citizen_id
    from jsonb_array_elements(batch) items (item),
      lateral (values ('bsuid'::citizen_id_kind, item ->> 'bsuid'), ('phone', item ->> 'phone')) named (kind, value)
      join citizen_ids i using (kind, value)
  ) order by id for update;
  -- Two webhooks that bring the same new people in another order would wait for each other's unique ids. So new people share
  -- a few locks, taken in order.
  perform pg_advisory_xact_lock(hashtext('new citizens'), newcomers.bucket) from (
    select distinct hashtext(named.value) & 63 as bucket
    from jsonb_array_elements(batch) items (item),
      lateral (values ('bsuid'::citizen_id_kind, item ->> 'bsuid'), ('phone', item ->> 'phone')) named (kind, value)
    where named.value is not null
      and not exists (select from citizen_ids i where i.kind = named.kind and i.value = named.value)
    order by 1
  ) newcomers;
  for entry in
    select item, item -> 'change' as change, least(to_timestamp((item ->> 'at')::float8), now()) as at
    from jsonb_array_elements(batch) with ordinality as items (item, ordinal)
    order by (item ->> 'at')::float8, item -> 'change' is null, ordinal
  loop
    if entry.change is not null then
      perform change_identity(
        entry.change ->> 'previousBsuid', entry.change ->> 'previousPhone',
        entry.change ->> 'bsuid', entry.change ->> 'phone', entry.change ->> 'wamid', entry.at
      );
      continue;
    end if;
    -- A repetition changes nothing, not even who last wrote.
    continue when exists (select from outbox where key = entry.item ->> 'key');
    -- Also locks the citizen until the commit: rows of one lane become visible in the order of their ids.
    citizen := resolve_citizen(
      entry.item ->> 'bsuid', entry.item ->> 'parentBsuid', entry.item ->> 'phone',
      entry.item ->> 'username', entry.item ->> 'profileName', entry.at
    );
    -- A card is believed as the answer to our own question only, and once: anybody can send the card of somebody else.
    if entry.item ? 'shownPhone' then
      update citizens set phone_asked_at = null where id = citizen and phone_asked_at is not null;
      if found and not exists (
        select from citizen_ids where citizen_id = citizen and kind = 'phone' and until is null
      ) then
        perform take_id(citizen, 'phone', entry.item ->> 'shownPhone', entry.at);
      end if;
    end if;
    insert into outbox (key, entity, subject, payload, trace)
      values (entry.item ->> 'key', 'conversation', citizen, entry.item -> 'payload', entry.item ->> 'trace')
      on conflict (key) do nothing;
    get diagnostics added = row_count;
    if added > 0 then
      lane := citizen;
      wamid := entry.item -> 'payload' ->> 'wamid';
      return next;
    end if;
  end loop;
end $$;

-- ---- Registers and the rule book ----

create type account_kind as enum ('property', 'licence', 'stall');
create type licence_status as enum ('active', 'suspended', 'closed');

-- What citizens pay for. Numbers are opaque text: a licence's may begin with zeros.
create table accounts (
  kind account_kind not null,
  number text collate "C" not null,
  owner_en text not null,
  -- Bengali is missing in old records.
  owner_bn text,
  address_en text not null,
  address_bn text,
  ward smallint not null check (ward between 1 and 144),
  residential boolean not null,
  -- The register knows the owner as a senior citizen.
  senior boolean not null default false,
  -- The owner takes bills by e-mail only.
  green boolean not null default false,
  -- What only licences have is null for properties; their owner is the holder.
  trade_name_en text,
  trade_name_bn text,
  -- A code of `trades`.
  trade text,
  valid_until date,
  status licence_status,
  primary key (kind, number),
  check ((kind = 'licence') = (num_nonnulls(trade_name_en, trade, valid_until, status) = 4))
);

-- CE is the yearly demand of a licence: principal is the fee, penalty the late fine, charge the side charges. RENT is the
-- rent of a stall for a month: penalty is the late fee.
create type demand_kind as enum ('PD', 'FS', 'LOI', 'CE', 'RENT');

-- Bills, amounts in paise. Interest and penalty are the corporation's own: nothing here computes them.
-- No foreign key to accounts: the import compares whole files at once, which is many times faster than a look-up for
-- each row, and accounts are never deleted.
create table demands (
  account_kind account_kind not null,
  account_number text collate "C" not null,
  -- The bill's number, unique in its account.
  id text collate "C" not null,
  kind demand_kind not null,
  period_from date not null,
  period_to date not null,
  presented_on date not null,
  principal bigint not null,
  interest bigint not null,
  penalty bigint not null,
  charge bigint not null,
  -- The LOI of the same account that this bill is part of.
  covered_by text collate "C",
  paid_on date,
  -- The corporation took the bill back.
  withdrawn_on date,
  -- One check costs the import less than five.
  check (period_from <= period_to and least(principal, interest, penalty, charge) >= 0),
  primary key (account_kind, account_number, id)
);

-- All that a look-up reads of the bills, side by side for each account, however many years lie between them.
create index demands_open on demands (account_kind, account_number)
  include (id, kind, period_from, period_to, presented_on, principal, interest, penalty, charge, covered_by)
  where paid_on is null and withdrawn_on is null;

-- The rule book: what the corporation takes off a bill, by the day on which it is paid. Changed here, without a
-- release. On one day the entry with the latest `valid_from` counts. Rates of interest and penalty have no entry: they
-- are not public, and bills carry the amounts.
create table rules (
  name text not null check (name in (
    'prompt rebate', 'senior rebate', 'online rebate', 'arrears waiver', 'rounding',
    'licence terms', 'licence renewal', 'licence late fine', 'stall late fine')),
  valid_from date not null default '-infinity',
  -- The last day.
  valid_to date not null default 'infinity',
  -- Off: written down, but not applied.
  enabled boolean not null,
  value jsonb not null,
  -- Where it comes from, and what is not known.
  source text not null,
  primary key (name, valid_from),
  check (valid_from <= valid_to),
  check (case
    when name like '% rebate' then
      coalesce((value ->> 'percent')::numeric between 0 and 100 and (value ->> 'days')::integer >= 0, false)
    when name = 'arrears waiver' then jsonb_typeof(value -> 'bands') is not distinct from 'array'
    when name = 'licence terms' then jsonb_typeof(value -> 'years') is not distinct from 'array'
    when name = 'licence renewal' then coalesce((value ->> 'opensDaysBefore')::integer >= 0, false)
    when name like '% late fine' then
      coalesce((value ->> 'percent')::numeric >= 0 and (value ->> 'days')::integer >= 0, false)
    else coalesce((value ->> 'toPaise')::integer > 0, false)
  end)
);

insert into rules (name, valid_from, enabled, value, source) values
  ('prompt rebate', '-infinity', true, '{"percent": 5, "days": 21, "kinds": ["PD", "FS"]}',
   'KMC Act 1980, s. 215(2); 21 days from the presentation of the bill'),
  ('senior rebate', '2019-04-01', true, '{"percent": 10, "days": 21, "kinds": ["PD", "FS"]}',
   'Residential owners of 60 and over, from 2019-20. That it takes the place of the 5 % and has the same 21 days is an assumption'),
  ('online rebate', '2024-04-01', false, '{"percent": 1, "days": 21, "kinds": ["PD", "FS"], "capPaise": 20000}',
   'Resolution of March 2024, on top of the 5 %, for owners who take bills by e-mail only. Its first day is an assumption'),
  ('arrears waiver', '2024-08-01', false,
   '{"bands": [{"upToYears": 2, "interestPercent": 50, "penaltyPercent": 99},
               {"upToYears": 5, "interestPercent": 45, "penaltyPercent": 75},
               {"upToYears": 10, "interestPercent": 40, "penaltyPercent": 50},
               {"interestPercent": 35, "penaltyPercent": 25}]}',
   'Graded scheme from 1 August 2024 by the age of the default. Whether it is in force is not known'),
  ('rounding', '-infinity', true, '{"toPaise": 100}',
   'Amendment of 2016: to the nearest rupee, fifty paise count as one'),
  ('licence terms', '-infinity', true, '{"years": [1, 3, 5, 15]}',
   'Terms at issue and renewal: KMC EoDB manual; up to 15 years at one payment'),
  ('licence renewal', '-infinity', true, '{"opensDaysBefore": 60}',
   'How long before its end a licence can be renewed is not public; an assumption'),
  ('licence late fine', '-infinity', false, '{"percent": 25, "days": 90}',
   'That there is a last day without late fine is public, the day and the percentage are not. 90 days after 1 April is 30 June'),
  ('stall late fine', '-infinity', false, '{"percent": 10, "days": 15}',
   'Whether the corporation adds a late fee to the rent of a stall, when and how much, is not public; an assumption');

-- Trades, and what a year of each costs: that part of the rule book is a table of its own, because it is long. On one
-- day the entry with the latest `valid_from` counts. Empty at first: the corporation's schedule is not public.
create table trades (
  code text collate "C" primary key check (code ~ '^[a-z0-9-]{1,40}$'),
  name_bn text not null,
  name_en text not null,
  name_hi text not null,
  -- An officer has to agree before the fee is taken.
  needs_approval boolean not null default false
);
create table trade_fees (
  trade text collate "C" not null references trades,
  valid_from date not null,
  -- In paise, for a year.
  fee bigint not null check (fee >= 0),
  -- Solid waste and the like.
  charge bigint not null default 0 check (charge >= 0),
  source text not null,
  primary key (trade, valid_from)
);

-- ---- Look-ups ----

-- Which numbers a citizen asked for: shown to them as their own, and counted against enumeration. Nothing more
-- is kept, and a citizen can have it forgotten.
create table look_ups (
  citizen_id text not null references citizens,
  kind text not null,
  number text not null,
  -- Where the property is, masked; null while the number is not known to exist.
  place jsonb,
  -- What the citizen calls it.
  nickname text check (char_length(nickname) between 1 and 24),
  asked_at timestamptz not null default now(),
  primary key (citizen_id, kind, number)
);
create index look_ups_recent on look_ups (citizen_id, asked_at desc);
create index look_ups_asked on look_ups (asked_at);

-- Files that WhatsApp keeps for us, so that each is uploaded once a month and not once a message.
create table uploads (
  phone_number_id text not null,
  fingerprint text not null,
  media_id text not null,
  uploaded_at timestamptz not null default now(),
  primary key (phone_number_id, fingerprint)
);
create index uploads_media on uploads (media_id);
create index uploads_uploaded on uploads (uploaded_at);

-- ---- Payments ----

-- The chart of accounts. Assets are what the corporation has, at gateways too; liabilities what it owes; relief what it
-- lets go; suspense what nobody has attributed yet.
create table ledger_accounts (
  -- As clearing/billdesk-main, revenue/propertyTax/current/principal, relief/rebate, liability/excess.
  code text collate "C" primary key,
  kind text not null check (kind in ('asset', 'liability', 'revenue', 'relief', 'suspense'))
);

-- The corporation's accounts at gateways. The keys of each, with their dates, are settings, because they are secrets.
create table merchant_accounts (
  -- Ours, and for ever: names and numbers at the gateway may change.
  id text primary key check (id ~ '^[a-z0-9-]{1,40}$'),
  gateway text not null,
  -- The gateway's own.
  merchant_id text not null,
  -- Resting: a person has drained it, and it gets no new attempts.
  state text not null default 'active' check (state in ('active', 'resting', 'closed')),
  -- The act that drained it, in audit_log; null while it is active.
  rests_by text,
  -- Where the money is until the gateway settles it.
  clearing_account text not null unique references ledger_accounts,
  -- Into which it is settled; null until finance has named it.
  bank_account text references ledger_accounts
);

-- How well each of them works, as domain/payments/health.ts judges it: shared by all processes, and written after each call.
create table account_health (
  merchant text primary key references merchant_accounts,
  -- How much of its weight it gets, as it was at `since`; from then on it drifts back to 1.
  health double precision not null check (health > 0 and health <= 1),
  since timestamptz not null,
  -- Results by the minute, for a quarter of an hour.
  recent jsonb not null,
  -- Calls that failed in a row.
  failures integer not null,
  lowered_at timestamptz,
  -- The circuit is open until then; null while it is closed.
  shut_until timestamptz
  -- Room for updates within the page: no index changes with them.
) with (fillfactor = 20);

-- The intention to pay some demands of one account, and the link under which that is done.
create table orders (
  id text primary key default gen_random_uuid()::text,
  token text not null unique,
  service text not null,
  account_kind account_kind not null,
  account_number text collate "C" not null,
  -- As it was shown, with the owner and the address masked.
  account jsonb not null,
  amount bigint not null check (amount > 0),
  -- What of the amount credit of the account pays; the gateway is asked for the rest.
  credit bigint not null default 0 check (credit between 0 and amount),
  -- Null for orders of the portal.
  citizen_id text references citizens,
  language text not null check (language in ('bn', 'en', 'hi')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  cancelled_at timestamptz
);
create index orders_account on orders (account_kind, account_number, created_at desc);
create index orders_citizen on orders (citizen_id, created_at desc) where citizen_id is not null;
create index orders_created on orders (created_at) include (service);

create table order_demands (
  order_id text not null references orders,
  position smallint not null,
  demand_id text collate "C" not null,
  -- The bill as it was when the order was made, with what is taken off.
  due jsonb not null,
  primary key (order_id, demand_id)
);

create type attempt_state as enum (
  'created', 'redirected', 'pending', 'success', 'failed', 'cancelled', 'expired', 'review'
);

-- One try to pay an order at one gateway. Which moves are allowed stands in domain/payments/attempt.ts.
create table attempts (
  id bigint generated always as identity primary key,
  order_id text not null references orders,
  gateway text not null,
  merchant text not null references merchant_accounts,
  -- The gateway's name of the merchant account when the attempt was made.
  merchant_id text not null,
  reference text not null unique,
  gateway_order_id text,
  amount bigint not null check (amount > 0),
  state attempt_state not null default 'created',
  reason text,
  -- Why it was made at this merchant account and at no other, for operators.
  choice text,
  -- By what it is paid, as far as the gateway has said so: how often it may be asked hangs on that.
  method text,
  -- Under which name Meta knows the merchant account, where the attempt is an order in the chat; null where a page is opened.
  chat text,
  -- Where the browser goes (domain/payments/redirect.ts); forgotten when the attempt is decided.
  redirect jsonb,
  usable_until timestamptz,
  opened_at timestamptz not null default now(),
  decided_at timestamptz
);
create index attempts_order on attempts (order_id, id);
create index attempts_gateway_order on attempts (gateway, gateway_order_id) where gateway_order_id is not null;
create index attempts_decided on attempts (decided_at) where decided_at is not null;
create index attempts_opened on attempts (opened_at) include (merchant);
create index attempts_unfinished on attempts (gateway, state) where state in ('created', 'redirected', 'pending', 'review');
-- Two tabs of one order are sent to the same page of the gateway.
create unique index attempts_one_under_way on attempts (order_id) where state in ('created', 'redirected');

-- Every word of a gateway, as it came over the wire, committed before it has any effect. The same words about the same
-- attempt are kept once; their effect is applied each time they come, because it may depend on the time.
create table evidence (
  id bigint generated always as identity primary key,
  gateway text not null,
  source text not null check (source in ('create', 'webhook', 'return', 'chat', 'query', 'refund')),
  -- What the words are about, as far as they say; null where nobody can tell.
  reference text,
  -- What we sent, where these words answer it.
  request text,
  -- This and `request` are null once they have been kept for long enough: they tell of the payer.
  raw text,
  digest text not null,
  received_at timestamptz not null default now(),
  unique nulls not distinct (source, reference, digest)
);
create index evidence_reference on evidence (reference, id);
create index evidence_words on evidence (received_at) where raw is not null;

-- Money that a gateway certainly has.
create table captures (
  id bigint generated always as identity primary key,
  gateway text not null,
  -- Whose key proved it: the account in which the money is.
  merchant text not null references merchant_accounts,
  attempt_id bigint not null references attempts,
  amount bigint not null check (amount > 0),
  bank_reference text,
  method text,
  captured_at timestamptz not null,
  -- The gateway's own words for that time, where they could not be read; then it is the time of arrival.
  captured_at_as_told text,
  created_at timestamptz not null default now()
);
create index captures_attempt on captures (attempt_id);

-- Each transaction of a gateway counts once, whatever way it is written. The same money may get its id late.
create table capture_ids (
  gateway text not null,
  transaction_id text not null,
  capture_id bigint not null references captures,
  primary key (gateway, transaction_id)
);
create index capture_ids_capture on capture_ids (capture_id);

-- Excess that became credit: it pays the next bills of its account, and whatever of it does cannot go back any more.
create table credits (
  id bigint generated always as identity primary key,
  -- The money that came too much.
  capture_id bigint not null references captures,
  account_kind account_kind not null,
  account_number text collate "C" not null,
  amount bigint not null check (amount > 0),
  -- The sum of its uses: kept by a trigger.
  used bigint not null default 0 check (used >= 0),
  -- What became excess again.
  released bigint not null default 0 check (released >= 0),
  granted_at timestamptz not null default now(),
  -- No credit pays more than it is, whoever uses it at the same moment.
  check (used + released <= amount)
);
create index credits_capture on credits (capture_id);
create index credits_unused on credits (account_kind, account_number) where used + released < amount;

-- What of a credit paid bills of an order, in the transaction that issued their receipt.
create table credit_uses (
  id bigint generated always as identity primary key,
  credit_id bigint not null references credits,
  order_id text not null references orders,
  -- The money of a gateway beside it; null where credit paid everything.
  capture_id bigint references captures,
  amount bigint not null check (amount > 0),
  at timestamptz not null default now(),
  unique nulls not distinct (credit_id, order_id, capture_id)
);
create index credit_uses_order on credit_uses (order_id);

create function keep_used() returns trigger language plpgsql as $$
begin
  update credits set used = used + new.amount where id = new.credit_id;
  return null;
end $$;
create trigger credit_uses_counted after insert on credit_uses for each row execute function keep_used();

-- How far each demand is settled by what came here. `covered` is what was paid on the other side of a letter of intimation:
-- on the bills that an LOI covers, or on the LOI that covers a bill.
create table demand_balances (
  account_kind account_kind not null,
  account_number text collate "C" not null,
  demand_id text collate "C" not null,
  -- What it takes to settle it, by the register when money last came.
  amount bigint not null check (amount >= 0),
  -- The sum of its allocations: kept by a trigger.
  allocated bigint not null default 0 check (allocated >= 0),
  -- Rebate and waiver, granted by the payment that settled it.
  relieved bigint not null default 0 check (relieved >= 0),
  covered bigint not null default 0 check (covered >= 0),
  settled boolean not null generated always as (allocated + relieved + covered = amount) stored,
  -- A year of a licence is paid once, also when its bill and its payment in advance go by different names.
  licence_year_from date,
  primary key (account_kind, account_number, demand_id),
  -- No demand is ever settled beyond its amount.
  check (allocated + relieved + covered <= amount)
);
create unique index demand_balances_licence_year on demand_balances (account_kind, account_number, licence_year_from)
  where licence_year_from is not null;

-- Which money settles how much of which demand, under which head. What is taken back reverses an allocation.
create table allocations (
  id bigint generated always as identity primary key,
  account_kind account_kind not null,
  account_number text collate "C" not null,
  demand_id text collate "C" not null,
  capture_id bigint not null references captures,
  -- Where the money is credit: as which it came too much in another order.
  credit_use_id bigint references credit_uses,
  order_id text not null references orders,
  -- As current/principal, arrears/interest, advance/charge.
  head text not null,
  amount bigint not null check (amount <> 0),
  reverses bigint unique references allocations,
  at timestamptz not null default now(),
  foreign key (account_kind, account_number, demand_id) references demand_balances,
  check ((reverses is not null) = (amount < 0))
);
create unique index allocations_once on allocations (capture_id, credit_use_id, demand_id, head) nulls not distinct
  where reverses is null;
create index allocations_demand on allocations (account_kind, account_number, demand_id);
create index allocations_order on allocations (order_id);
create index allocations_credit_use on allocations (credit_use_id) where credit_use_id is not null;

create function keep_balance() returns trigger language plpgsql as $$
begin
  update demand_balances set allocated = allocated + new.amount
  where account_kind = new.account_kind and account_number = new.account_number and demand_id = new.demand_id;
  if (select sum(amount) from allocations where capture_id = new.capture_id)
      > (select amount from captures where id = new.capture_id) then
    raise exception 'capture % is allocated beyond its amount', new.capture_id using errcode = 'check_violation';
  end if;
  if (select sum(amount) from allocations where credit_use_id = new.credit_use_id)
      > (select amount from credit_uses where id = new.credit_use_id) then
    raise exception 'use % of a credit is allocated beyond its amount', new.credit_use_id
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger allocations_balance after insert on allocations for each row execute function keep_balance();

-- What was paid here on the bills that a letter of intimation covers: by the register, and by what was known when a link was made.
create function paid_on_covered(a_kind account_kind, a_number text, letter text, covers jsonb) returns bigint
language sql stable as $$
  select coalesce(sum(b.allocated), 0)::bigint from demand_balances b
  where b.account_kind = a_kind and b.account_number = a_number and b.demand_id in (
    select jsonb_array_elements_text(coalesce(covers, '[]'))
    union select m.id from demands m
    where m.account_kind = a_kind and m.account_number = a_number and m.covered_by = letter)
$$;

-- What the payment that settled a demand was let off, and by which rows of the rule book.
create table reliefs (
  capture_id bigint not null references captures,
  -- Where the money is credit.
  credit_use_id bigint references credit_uses,
  demand_id text collate "C" not null,
  kind text not null check (kind in ('rebate', 'waiver')),
  amount bigint not null check (amount > 0),
  -- Name and first day of each rule that granted it.
  rules jsonb not null,
  unique nulls not distinct (capture_id, credit_use_id, demand_id, kind)
);

-- The last number given out in each series. Taken in the transaction that uses it, so that there are no gaps.
create table number_series (
  series text not null,
  financial_year smallint not null,
  last integer not null,
  primary key (series, financial_year)
);

-- Numbers that were given out before the books were restored to an earlier moment, each until what it was given to has come
-- into the books again: the gateway confirms the money.
create table given_numbers (
  series text not null,
  financial_year smallint not null,
  ordinal integer not null,
  -- The order, or the renewal.
  about text not null,
  primary key (series, financial_year, ordinal)
);
create index given_numbers_about on given_numbers (series, about);

-- One receipt for each capture that paid anything, with the credit that was used beside it, and one for what credit paid alone;
-- never changed.
create table receipts (
  number text primary key,
  counter text not null,
  financial_year smallint not null,
  ordinal integer not null,
  capture_id bigint unique references captures,
  order_id text not null references orders,
  amount bigint not null check (amount > 0),
  paid_at timestamptz not null,
  issued_at timestamptz not null default now(),
  -- Printed in the address of its QR code: whoever has the paper sees more of it than its number tells.
  check_code text not null default upper(left(gen_random_uuid()::text, 8)),
  unique (counter, financial_year, ordinal)
);
create index receipts_order on receipts (order_id);
create unique index receipts_credit_alone on receipts (order_id) where capture_id is null;
create index receipts_issued on receipts (issued_at);

-- What the corporation's records know of each demand of a receipt.
create table postings (
  receipt_number text not null references receipts,
  demand_id text collate "C" not null,
  -- Which of the order's bills it is: a year of a licence may stand in the books under another name.
  position smallint not null,
  -- Whether the bill was settled by it; else it was paid in part.
  settles boolean not null,
  state text not null check (state in ('due', 'posted', 'refused')),
  -- The records' code for a refusal, and how often they have refused it.
  reason text,
  refusals integer not null default 0,
  changed_at timestamptz not null default now(),
  primary key (receipt_number, demand_id)
);
create index postings_due on postings (changed_at) where state = 'due';

-- Double entry: debits are positive, credits negative, and each entry adds up to nothing. Posted once for each source.
create table entries (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('payment', 'excess', 'excess applied', 'refund', 'fee', 'settlement', 'dispute',
    'reversal', 'correction', 'suspense')),
  source_type text not null,
  source_id text not null,
  -- The day in Kolkata on which the citizen paid, and when it was posted.
  value_date date not null,
  posted_at timestamptz not null default now(),
  reverses bigint unique references entries,
  narration text not null,
  -- Lines may join an entry only in the transaction that posts it.
  posted_by xid8 not null default pg_current_xact_id(),
  unique (kind, source_type, source_id)
);
create index entries_value_date on entries (value_date);

create table entry_lines (
  entry_id bigint not null references entries,
  account text collate "C" not null references ledger_accounts,
  amount bigint not null check (amount <> 0),
  primary key (entry_id, account)
);
create index entry_lines_account on entry_lines (account, entry_id);

create function refuse_unbalanced_entry() returns trigger language plpgsql as $$
declare
  entry bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
  total numeric;
begin
  select sum(amount) into total from entry_lines where entry_id = entry;
  if total is distinct from 0 then
    raise exception 'ledger entry % does not balance: %', entry, total using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entries_balance after insert on entries
  deferrable initially deferred for each row execute function refuse_unbalanced_entry('id');
create constraint trigger entry_lines_balance after insert on entry_lines
  deferrable initially deferred for each row execute function refuse_unbalanced_entry('entry_id');

create function refuse_late_line() returns trigger language plpgsql as $$
begin
  if (select posted_by from entries where id = new.entry_id) is distinct from pg_current_xact_id() then
    raise exception 'ledger entry % is posted', new.entry_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger entry_lines_in_time before insert on entry_lines for each row execute function refuse_late_line();

-- Money that a gateway gave back by itself, once for each refund of its own.
create table gateway_refunds (
  gateway text not null,
  refund_id text not null,
  attempt_id bigint references attempts,
  -- Out of which money, as far as the gateway says.
  capture_id bigint references captures,
  amount bigint,
  says text not null,
  first_at timestamptz not null default now(),
  primary key (gateway, refund_id)
);
create index gateway_refunds_capture on gateway_refunds (capture_id);

-- What payers want back through the bank. Until the bank has decided, and when it has decided for the payer, that money cannot
-- be given back by a refund.
create table disputes (
  gateway text not null,
  dispute_id text not null,
  attempt_id bigint references attempts,
  capture_id bigint references captures,
  -- Null where the gateway does not say: then it is all of the capture.
  amount bigint check (amount > 0),
  state text not null check (state in ('open', 'won', 'lost', 'closed')),
  reason text,
  respond_by timestamptz,
  opened_at timestamptz not null default now(),
  decided_at timestamptz,
  primary key (gateway, dispute_id)
);
create index disputes_capture on disputes (capture_id);

create type refund_state as enum ('requested', 'approved', 'submitted', 'refunded', 'failed', 'withdrawn');

-- Money that the corporation gives back, by two persons and through the gateway that took it. Which moves are allowed stands in
-- domain/payments/refund.ts.
create table refunds (
  -- Ours: the gateway knows the refund by it.
  reference text primary key,
  order_id text not null references orders,
  attempt_id bigint not null references attempts,
  -- Which money: as in capture_ids, where it may come later than here after a restore.
  gateway text not null,
  transaction_id text not null,
  amount bigint not null check (amount > 0),
  -- What of it had paid nothing; the rest had paid bills.
  excess bigint not null check (excess between 0 and amount),
  -- As in domain/payments/refund.ts.
  reason text not null,
  -- The bills that the rest had paid are due again when it has gone back.
  due_again boolean not null,
  state refund_state not null default 'requested',
  requested_by text not null,
  requested_at timestamptz not null default now(),
  approved_by text,
  approved_at timestamptz,
  submitted_at timestamptz,
  decided_at timestamptz,
  -- Why nothing went back: the gateway's code, or a word of ours.
  failure text,
  -- The gateway's own.
  refund_id text,
  check (not due_again or excess < amount),
  -- Two persons where money leaves.
  check (lower(approved_by) <> lower(requested_by)),
  check ((approved_by is null) = (state in ('requested', 'withdrawn'))),
  check ((approved_by is null) = (approved_at is null))
);
create index refunds_order on refunds (order_id);
create index refunds_money on refunds (gateway, transaction_id);
-- Of one sum of money one refund at a time waits for its second person.
create unique index refunds_one_requested on refunds (gateway, transaction_id) where state = 'requested';
create unique index refunds_gateway_id on refunds (gateway, refund_id) where refund_id is not null;
create index refunds_under_way on refunds (requested_at) where state in ('requested', 'approved', 'submitted');

-- What of a capture may still be given back: what was taken, less what went back, is on its way back, is disputed, or became
-- credit. Less than nothing where the gateway has given back more than there was.
create function refundable(a_capture bigint) returns bigint language sql stable as $$
  select c.amount
    - coalesce((select sum(r.amount) from capture_ids i
        join refunds r on r.gateway = i.gateway and r.transaction_id = i.transaction_id
        where i.capture_id = c.id and r.state not in ('failed', 'withdrawn')), 0)
    - coalesce((select sum(coalesce(g.amount, c.amount)) from gateway_refunds g
        where g.capture_id = c.id and g.says <> 'failed'), 0)
    - coalesce((select sum(coalesce(d.amount, c.amount)) from disputes d
        where d.capture_id = c.id and d.state in ('open', 'lost')), 0)
    - coalesce((select sum(k.amount - k.released) from credits k where k.capture_id = c.id), 0)
  from captures c where c.id = a_capture
$$;

-- What of a capture paid nothing and is still here. What a gateway gave back by itself, or a payer has disputed, nobody can
-- attribute, so it is never more than what can go back at all.
create function excess_of(a_capture bigint) returns bigint language sql stable as $$
  select greatest(0, least(refundable(c.id), c.amount
    - coalesce((select sum(l.amount) from allocations l
        where l.capture_id = c.id and l.reverses is null and l.credit_use_id is null), 0)
    - coalesce((select sum(r.excess) from capture_ids i
        join refunds r on r.gateway = i.gateway and r.transaction_id = i.transaction_id
        where i.capture_id = c.id and r.state not in ('failed', 'withdrawn')), 0)
    - coalesce((select sum(k.amount - k.released) from credits k where k.capture_id = c.id), 0)))
  from captures c where c.id = a_capture
$$;

-- What of a credit can be used: nothing of money that has gone back, or is disputed, since it was granted.
create function credit_left(a_credit credits) returns bigint language sql stable as $$
  select greatest(0, a_credit.amount - a_credit.used - a_credit.released + least(0, refundable(a_credit.capture_id)))
$$;

create function credit_left_of(a_kind account_kind, a_number text) returns bigint language sql stable as $$
  select coalesce(sum(credit_left(k)), 0)::bigint from credits k
  where k.account_kind = a_kind and k.account_number = a_number and k.used + k.released < k.amount
$$;

-- Nobody asks for more than there is, whatever the code in front of it does: of two who ask at once, one waits here and sees
-- the other. What a gateway has done is never refused.
create function keep_refundable() returns trigger language plpgsql as $$
declare
  capture bigint;
begin
  select capture_id into capture from capture_ids
    where gateway = new.gateway and transaction_id = new.transaction_id;
  perform pg_advisory_xact_lock(hashtextextended('refunds of capture ' || capture, 0));
  if new.state = 'requested' and new.amount > coalesce(refundable(capture), 0) then
    raise exception 'refund % goes beyond what can go back', new.reference using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refunds_within_capture before insert on refunds for each row execute function keep_refundable();

-- The same lock, so that a refund and a credit of the same money see each other.
create function keep_excess() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('refunds of capture ' || new.capture_id, 0));
  if new.amount > coalesce(excess_of(new.capture_id), 0) then
    raise exception 'a credit of capture % goes beyond what came too much', new.capture_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger credits_within_excess before insert on credits for each row execute function keep_excess();

-- The paper of a refund, never changed.
create table credit_notes (
  number text primary key,
  counter text not null,
  financial_year smallint not null,
  ordinal integer not null,
  refund text not null unique references refunds,
  amount bigint not null check (amount > 0),
  refunded_at timestamptz not null,
  issued_at timestamptz not null default now(),
  -- As of a receipt.
  check_code text not null default upper(left(gen_random_uuid()::text, 8)),
  unique (counter, financial_year, ordinal)
);

-- What people did, and why.
create table audit_log (
  id bigint generated always as identity primary key,
  -- The same act told twice is written once.
  key text not null unique,
  order_id text references orders,
  act text not null,
  who text not null,
  why text not null,
  details jsonb not null default '{}',
  at timestamptz not null default now()
);
create index audit_log_order on audit_log (order_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger append_only before delete or truncate on evidence
  for each statement execute function refuse_change();
-- The one change of evidence: its words are emptied, never before a year has passed.
create function refuse_all_but_emptying() returns trigger language plpgsql as $$
declare
  emptied evidence := old;
begin
  emptied.raw := null;
  emptied.request := null;
  if new is distinct from emptied or old.received_at > now() - interval '1 year' then
    raise exception 'evidence is append-only' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger only_emptied before update on evidence for each row execute function refuse_all_but_emptying();
create trigger append_only before update or delete or truncate on captures
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on capture_ids
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on credit_uses
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on allocations
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on reliefs
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on receipts
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on credit_notes
  for each statement execute function refuse_change();
-- What two persons agree to is what one of them asked for, and a credit stays what it was granted as.
create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception 'what % says of the money does not change', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger fixed before update of reference, order_id, attempt_id, gateway, transaction_id, amount, excess, reason, due_again,
  requested_by, requested_at on refunds for each statement execute function refuse_rewriting();
create trigger fixed before update of id, capture_id, account_kind, account_number, amount, granted_at on credits
  for each statement execute function refuse_rewriting();
create trigger append_only before update or delete or truncate on entries
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on entry_lines
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();

-- ---- What needs a person ----

-- What only a person can settle. A case is opened in the transaction of the fact that needs a person, once for each fact,
-- and closed by an act of a person or by a later fact. No workflow holds the only copy of it.
create table cases (
  id text primary key default gen_random_uuid()::text,
  -- As in domain/people/case.ts.
  kind text not null,
  -- The fact that opened it: the same fact opens one case of a kind, however often it comes.
  fact text not null,
  -- What it is about, and its key: payment and an order's id, refund and its reference, and so on.
  subject text not null,
  subject_id text not null,
  -- A code; the words for it stand in domain/people/case.ts.
  reason text not null,
  -- In paise, where money is in question.
  amount bigint check (amount >= 0),
  -- What a person needs to decide; never a phone, a name or a token.
  details jsonb not null default '{}',
  opened_at timestamptz not null default now(),
  due_at timestamptz not null,
  -- How many acts have left it open.
  acts integer not null default 0,
  closed_at timestamptz,
  -- Null where a later fact settled it.
  closed_by text,
  decision text,
  why text,
  unique (kind, fact),
  check ((closed_at is null) = (decision is null))
);
create index cases_open on cases (due_at) where closed_at is null;
create index cases_subject on cases (subject, subject_id) where closed_at is null;
create index cases_evidence on cases ((details ->> 'evidence')) where closed_at is null;

-- ---- Renewals of licences ----

-- held: paid, and without effect, because the licence was closed or suspended meanwhile.
create type renewal_state as enum (
  'awaitingApproval', 'awaitingPayment', 'renewed', 'held', 'sentBack', 'refused', 'lapsed'
);

-- One renewal of a licence for a period: whoever applies first holds it until it is paid, refused or lapsed.
create table renewals (
  -- The licence's number and its period, as 700123456789-2027-28.
  id text primary key,
  licence_number text collate "C" not null,
  -- The financial year in which what is renewed begins, as 2027-28.
  period text not null,
  -- Names the application that holds it; messages about it begin with this.
  application text not null unique default gen_random_uuid()::text,
  -- Null where it was paid through the portal.
  citizen_id text references citizens,
  language text not null check (language in ('bn', 'en', 'hi')),
  -- As it was shown, with the holder and the address masked.
  licence jsonb not null,
  -- The term that was asked for.
  years smallint not null check (years > 0),
  state renewal_state not null,
  -- An officer's, of sending back or refusing.
  reason text,
  decided_at timestamptz,
  order_id text unique references orders,
  applied_at timestamptz not null default now(),
  -- When it lapses unless it is paid; null while an officer has it.
  expires_at timestamptz,
  -- What the payment gave: the licence is extended by this row alone.
  valid_from date,
  valid_until date,
  renewed_at timestamptz,
  -- Whose application ended because of somebody else: to be told.
  outdone jsonb not null default '[]',
  unique (licence_number, period),
  check ((state = 'renewed') = (num_nonnulls(valid_from, valid_until, renewed_at) = 3))
);
create index renewals_citizen on renewals (citizen_id) where citizen_id is not null;
create index renewals_extending on renewals (licence_number, valid_until) where valid_until is not null;

create table certificates (
  number text primary key,
  renewal_id text not null references renewals,
  -- Whoever has it may fetch the certificate.
  key text not null unique,
  -- As of a receipt.
  check_code text not null default upper(left(gen_random_uuid()::text, 8)),
  -- What is printed: filled in once from the corporation's records, and then never changed.
  particulars jsonb,
  issued_at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_because text,
  replaced_by text references certificates,
  check ((revoked_at is null) = (revoked_because is null)),
  check (replaced_by is null or revoked_at is not null)
);
-- Of each renewal one certificate is in force, or none.
create unique index certificates_in_force on certificates (renewal_id) where revoked_at is null;
create index certificates_renewal on certificates (renewal_id);
