-- Up Migration

-- What a payment must hear of goes the same way as what citizens send: its lane is the order. A payment that nobody here
-- asked for has a workflow of its own, so that people see it.
create type inbox_workflow as enum ('conversation', 'payment', 'unknownPayment');
alter table inbox add column workflow inbox_workflow not null default 'conversation';
drop index inbox_undelivered;
create index inbox_undelivered on inbox (workflow, lane, id) where delivered_at is null;

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
  -- Null for orders of the portal.
  citizen_id text references citizens,
  language text not null check (language in ('bn', 'en', 'hi')),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  cancelled_at timestamptz
);
create index orders_account on orders (account_kind, account_number, created_at desc);
create index orders_citizen on orders (citizen_id, created_at desc) where citizen_id is not null;

create table order_demands (
  order_id text not null references orders,
  position smallint not null,
  demand_id text collate "C" not null,
  amount bigint not null check (amount >= 0),
  -- The bill as it was when the order was made, with what is taken off.
  due jsonb not null,
  primary key (order_id, demand_id)
);

create type attempt_state as enum (
  'created', 'redirected', 'pending', 'success', 'failed', 'cancelled', 'expired', 'review'
);

-- One try to pay an order at one gateway. Which moves are allowed stands in domain/attempt.ts.
create table attempts (
  id bigint generated always as identity primary key,
  order_id text not null references orders,
  gateway text not null,
  -- Our name of the merchant account, and the gateway's.
  merchant text not null,
  merchant_id text not null,
  reference text not null unique,
  gateway_order_id text,
  amount bigint not null check (amount > 0),
  state attempt_state not null default 'created',
  reason text,
  -- Where the browser goes; forgotten when the attempt is decided.
  redirect jsonb,
  usable_until timestamptz,
  opened_at timestamptz not null default now(),
  decided_at timestamptz
);
create index attempts_order on attempts (order_id, id);
-- Two tabs of one order are sent to the same page of the gateway.
create unique index attempts_one_under_way on attempts (order_id) where state in ('created', 'redirected');

-- Every word of a gateway, as it came over the wire. The same words twice are kept once.
create table gateway_evidence (
  id bigint generated always as identity primary key,
  gateway text not null,
  source text not null check (source in ('create', 'webhook', 'return', 'query')),
  reference text not null,
  attempt_id bigint references attempts,
  request text,
  raw text not null,
  digest text not null,
  received_at timestamptz not null default now(),
  unique (source, digest)
);
create index gateway_evidence_reference on gateway_evidence (reference, id);

-- Money that a gateway took, once for each transaction of its own.
create table captures (
  gateway text not null,
  transaction_id text not null,
  attempt_id bigint not null references attempts,
  amount bigint not null,
  -- How much of it paid demands, and how much came for what had been paid already.
  posted bigint not null check (posted >= 0),
  excess bigint not null check (excess >= 0),
  bank_reference text,
  method text,
  captured_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (gateway, transaction_id),
  check (posted + excess = amount)
);
create index captures_attempt on captures (attempt_id);

-- A demand is paid once: by this key, and not by hope. The bills that an LOI covers are paid with it.
create table demand_payments (
  account_kind account_kind not null,
  account_number text collate "C" not null,
  demand_id text collate "C" not null,
  order_id text not null references orders,
  -- The LOI against which it was paid.
  covered_by text collate "C",
  paid_at timestamptz not null,
  primary key (account_kind, account_number, demand_id)
);
create index demand_payments_order on demand_payments (order_id);

-- The last number given out. Taken in the transaction that issues the receipt, so that there are no gaps.
create table receipt_counters (
  counter text not null,
  financial_year smallint not null,
  last integer not null,
  primary key (counter, financial_year)
);

create table receipts (
  number text primary key,
  counter text not null,
  financial_year smallint not null,
  ordinal integer not null,
  order_id text not null unique references orders,
  attempt_id bigint not null unique references attempts,
  gateway text not null,
  transaction_id text not null,
  amount bigint not null check (amount > 0),
  paid_at timestamptz not null,
  issued_at timestamptz not null default now(),
  -- When the corporation's records were told; at once where they are the own register.
  posted_at timestamptz,
  unique (counter, financial_year, ordinal),
  unique (gateway, transaction_id),
  foreign key (gateway, transaction_id) references captures
);

-- Double entry: debits are positive, credits negative, and each entry adds up to nothing.
create table ledger_entries (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('payment', 'excess')),
  gateway text not null,
  transaction_id text not null,
  order_id text not null references orders,
  at timestamptz not null default now(),
  unique (kind, gateway, transaction_id),
  foreign key (gateway, transaction_id) references captures
);
create index ledger_entries_order on ledger_entries (order_id);

create table ledger_lines (
  entry_id bigint not null references ledger_entries,
  -- As gateway/billdesk/main, revenue/propertyTax/interest, relief/rebate, liability/excess.
  account text not null,
  amount bigint not null check (amount <> 0),
  primary key (entry_id, account)
);
create index ledger_lines_account on ledger_lines (account, entry_id);

create function refuse_unbalanced_entry() returns trigger language plpgsql as $$
declare
  entry bigint := (to_jsonb(new) ->> tg_argv[0])::bigint;
  total numeric;
begin
  select sum(amount) into total from ledger_lines where entry_id = entry;
  if total is distinct from 0 then
    raise exception 'ledger entry % does not balance: %', entry, total using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_balance after insert on ledger_entries
  deferrable initially deferred for each row execute function refuse_unbalanced_entry('id');
create constraint trigger ledger_lines_balance after insert on ledger_lines
  deferrable initially deferred for each row execute function refuse_unbalanced_entry('entry_id');

-- What a gateway says that cannot be true of what we asked for. A person decides.
create table payment_reviews (
  id text primary key default gen_random_uuid()::text,
  reason text not null check (reason in ('amount', 'currency', 'merchant', 'unknownReference')),
  gateway text not null,
  reference text not null,
  transaction_id text,
  order_id text references orders,
  attempt_id bigint references attempts,
  evidence_id bigint not null references gateway_evidence,
  fact jsonb not null,
  opened_at timestamptz not null default now(),
  resolved_at timestamptz,
  decision text,
  unique nulls not distinct (gateway, reference, transaction_id)
);
create index payment_reviews_open on payment_reviews (opened_at) where resolved_at is null;
create index payment_reviews_order on payment_reviews (order_id) where order_id is not null;

-- What people did with payments, and why.
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
create trigger append_only before update or delete or truncate on gateway_evidence
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on ledger_entries
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on ledger_lines
  for each statement execute function refuse_change();
create trigger append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();

-- Down Migration

drop table audit_log, payment_reviews, ledger_lines, ledger_entries, receipts, receipt_counters, demand_payments, captures,
  gateway_evidence, attempts, order_demands, orders;
drop function refuse_change, refuse_unbalanced_entry;
drop type attempt_state;
delete from inbox where workflow <> 'conversation';
drop index inbox_undelivered;
alter table inbox drop column workflow;
create index inbox_undelivered on inbox (lane, id) where delivered_at is null;
drop type inbox_workflow;
