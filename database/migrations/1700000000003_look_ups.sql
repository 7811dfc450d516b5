-- Up Migration

-- Which numbers a citizen asked for: shown to them as "your properties", and counted against enumeration. Nothing more
-- is kept, and a citizen can have it forgotten.
create table look_ups (
  citizen_id text not null references citizens,
  kind text not null,
  number text not null,
  -- Where the property is, masked; null while the number is not known to exist.
  place jsonb,
  asked_at timestamptz not null default now(),
  primary key (citizen_id, kind, number)
);
create index look_ups_recent on look_ups (citizen_id, asked_at desc);

-- Files that WhatsApp keeps for us, so that each is uploaded once a month and not once a message.
create table uploads (
  phone_number_id text not null,
  fingerprint text not null,
  media_id text not null,
  uploaded_at timestamptz not null default now(),
  primary key (phone_number_id, fingerprint)
);

-- Down Migration

drop table uploads, look_ups;
