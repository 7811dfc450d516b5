-- Up Migration

-- Nothing reads it: what a bill comes to stands in `due`.
alter table order_demands drop column amount;

-- A trade licence (certificate of enlistment) is an account like any other; its owner is the holder. What only licences
-- have is null for properties.
create type licence_status as enum ('active', 'suspended', 'closed');
alter table accounts
  add column trade_name_en text,
  add column trade_name_bn text,
  -- A code of `trades`.
  add column trade text,
  add column valid_until date,
  add column status licence_status,
  add check ((kind = 'licence') = (num_nonnulls(trade_name_en, trade, valid_until, status) = 4));

-- The yearly demand of a licence: principal is the fee, penalty the late fine, charge the side charges (solid waste).
alter type demand_kind add value 'CE';

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

alter table rules drop constraint rules_name_check, drop constraint rules_check1;
alter table rules add constraint rules_name_check check (name in (
  'prompt rebate', 'senior rebate', 'online rebate', 'arrears waiver', 'rounding',
  'licence terms', 'licence renewal', 'licence late fine'));
alter table rules add constraint rules_value_check check (case
  when name like '% rebate' then
    coalesce((value ->> 'percent')::numeric between 0 and 100 and (value ->> 'days')::integer >= 0, false)
  when name = 'arrears waiver' then jsonb_typeof(value -> 'bands') is not distinct from 'array'
  when name = 'licence terms' then jsonb_typeof(value -> 'years') is not distinct from 'array'
  when name = 'licence renewal' then coalesce((value ->> 'opensDaysBefore')::integer >= 0, false)
  when name = 'licence late fine' then
    coalesce((value ->> 'percent')::numeric >= 0 and (value ->> 'days')::integer >= 0, false)
  else coalesce((value ->> 'toPaise')::integer > 0, false)
end);

insert into rules (name, valid_from, enabled, value, source) values
  ('licence terms', '-infinity', true, '{"years": [1, 3, 5, 15]}',
   'Terms at issue and renewal: KMC EoDB manual; up to 15 years at one payment'),
  ('licence renewal', '-infinity', true, '{"opensDaysBefore": 60}',
   'How long before its end a licence can be renewed is not public; an assumption'),
  ('licence late fine', '-infinity', false, '{"percent": 25, "days": 90}',
   'That there is a last day without late fine is public, the day and the percentage are not. 90 days after 1 April is 30 June');

-- A year of a licence is paid once, also when its bill and its payment in advance go by different names.
alter table demand_payments add column licence_year_from date;
create unique index demand_payments_licence_year on demand_payments (account_number, licence_year_from)
  where licence_year_from is not null;

create type renewal_state as enum (
  'awaitingApproval', 'awaitingPayment', 'renewed', 'sentBack', 'refused', 'lapsed'
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
  -- Whose application ended because somebody else paid: to be told.
  outdone jsonb not null default '[]',
  unique (licence_number, period),
  check ((state = 'renewed') = (num_nonnulls(valid_from, valid_until, renewed_at) = 3))
);
create index renewals_extending on renewals (licence_number, valid_until) where valid_until is not null;

-- Receipts and certificates are numbered alike.
alter table receipt_counters rename to number_series;
alter table number_series rename column counter to series;

create table certificates (
  number text primary key,
  renewal_id text not null references renewals,
  -- Whoever has it may fetch the certificate.
  key text not null unique,
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

-- What a renewal must hear of goes the same way as what a payment does: its lane is the renewal.
alter type inbox_workflow add value 'renewal';

-- Down Migration

delete from inbox where workflow = 'renewal';
drop index inbox_undelivered;
alter table inbox alter column workflow drop default, alter column workflow type text;
drop type inbox_workflow;
create type inbox_workflow as enum ('conversation', 'payment', 'unknownPayment');
alter table inbox alter column workflow type inbox_workflow using workflow::inbox_workflow,
  alter column workflow set default 'conversation';
create index inbox_undelivered on inbox (workflow, lane, id) where delivered_at is null;
drop table certificates, renewals, trade_fees, trades;
alter table number_series rename column series to counter;
alter table number_series rename to receipt_counters;
drop type renewal_state;
alter table demand_payments drop column licence_year_from;
delete from rules where name like 'licence %';
alter table rules drop constraint rules_value_check, drop constraint rules_name_check;
alter table rules add constraint rules_name_check
  check (name in ('prompt rebate', 'senior rebate', 'online rebate', 'arrears waiver', 'rounding'));
alter table rules add constraint rules_check1 check (case
  when name like '% rebate' then
    coalesce((value ->> 'percent')::numeric between 0 and 100 and (value ->> 'days')::integer >= 0, false)
  when name = 'arrears waiver' then jsonb_typeof(value -> 'bands') is not distinct from 'array'
  else coalesce((value ->> 'toPaise')::integer > 0, false)
end);
delete from demands where account_kind = 'licence';
delete from accounts where kind = 'licence';
drop index demands_open;
alter table demands alter column kind type text;
drop type demand_kind;
create type demand_kind as enum ('PD', 'FS', 'LOI');
alter table demands alter column kind type demand_kind using kind::demand_kind;
create index demands_open on demands (account_kind, account_number)
  include (id, kind, period_from, period_to, presented_on, principal, interest, penalty, charge, covered_by)
  where paid_on is null and withdrawn_on is null;
alter table accounts drop column trade_name_en, drop column trade_name_bn, drop column trade, drop column valid_until,
  drop column status;
drop type licence_status;
alter table order_demands add column amount bigint not null default 0 check (amount >= 0);
