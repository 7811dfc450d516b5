-- Up Migration

create type account_kind as enum ('property', 'licence');

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
  primary key (kind, number)
);

create type demand_kind as enum ('PD', 'FS', 'LOI');

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
  name text not null check (name in ('prompt rebate', 'senior rebate', 'online rebate', 'arrears waiver', 'rounding')),
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
   'Amendment of 2016: to the nearest rupee, fifty paise count as one');

-- Down Migration

drop table rules, demands, accounts;
drop type demand_kind, account_kind;
