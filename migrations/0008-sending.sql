-- Whom a survey is sent to. Kept apart from answers: no response, draft or spent token names a contact, and a survey's
-- contacts are deleted when it closes. Numbers follow the list that was brought in, never who answered.
create table contact (
  id integer primary key,
  survey integer not null references survey (id),
  email text not null,
  -- A keyed hash of the address, by which stopped_address knows it.
  address_hash text not null,
  language text not null,
  school text not null,
  grp text not null,
  -- Only where the office chose to remind those alone who have not answered; see contact_list.
  code_hash text,
  unique (survey, email)
) strict;

-- The surveys that have a list. keeps_codes: each contact keeps the hash of their own access code, which tells that a
-- person took part and never what they said.
create table contact_list (
  survey integer primary key references survey (id),
  keeps_codes integer not null default 0
) strict;

-- A file of contacts that was read and not yet taken: its rows as JSON.
create table contact_file (
  survey integer primary key references survey (id),
  name text not null,
  content text not null
) strict;

-- One sending to the list. The counts are written when its letters are deleted.
create table mailing (
  id integer primary key,
  survey integer not null references survey (id),
  kind text not null check (kind in ('invitation', 'reminder')),
  send_at integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'done', 'stopped')),
  -- Why nothing goes out just now, and when it is tried again.
  trouble text not null default '',
  retry_at integer not null default 0,
  sent integer not null default 0,
  refused integer not null default 0,
  unsure integer not null default 0,
  stopped integer not null default 0,
  answered integer not null default 0
) strict;
create index mailing_survey on mailing (survey);

-- A letter of a mailing. taken: handed to the mail server, and nobody knows yet what came of it. code_hash is kept
-- while that is so, and goes when the letter is sent.
create table letter (
  mailing integer not null references mailing (id),
  contact integer not null references contact (id),
  state text not null default 'waiting'
    check (state in ('waiting', 'taken', 'sent', 'refused', 'unsure', 'stopped', 'answered')),
  tries integer not null default 0,
  next_at integer not null default 0,
  reason text not null default '',
  code_hash text,
  primary key (mailing, contact)
) strict;
create index letter_next on letter (mailing, state, next_at);
create index letter_contact on letter (contact);

-- Addresses that want no more letters, by a keyed hash: it outlives every list.
create table stopped_address (address_hash text primary key) strict;
