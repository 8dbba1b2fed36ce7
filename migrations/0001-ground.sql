-- Times are epoch milliseconds; what belongs to a respondent is kept to the hour and no closer.
-- JSON is text, yes and no are 1 and 0.

create table survey (
  id integer primary key,
  slug text not null unique,
  state text not null default 'draft' check (state in ('draft', 'open', 'closed')),
  opens_at integer,
  closes_at integer,
  version integer not null,
  minimum_group integer not null,
  sample integer not null check (sample in (0, 1))
) strict;

create table version (
  survey integer not null references survey (id),
  number integer not null,
  questionnaire text not null,
  published integer not null,
  primary key (survey, number)
) strict;

create trigger version_is_never_changed before update on version
begin
  select raise(abort, 'a published version never changes');
end;

create trigger version_is_never_removed before delete on version
begin
  select raise(abort, 'a published version is never removed');
end;

-- A question keeps its small number through every version of its survey: answers name it a million times.
create table question (
  id integer primary key,
  survey integer not null references survey (id),
  code text not null,
  unique (survey, code)
) strict;

create table response (
  id integer primary key,
  survey integer not null,
  version integer not null,
  language text not null,
  channel text not null,
  hour integer not null check (hour % 3600000 = 0),
  grp text not null,
  school text not null,
  foreign key (survey, version) references version (survey, number)
) strict;
create index response_survey on response (survey);

-- Kept in the order that counting reads it. No foreign keys here: twelve look-ups a response would buy what
-- the one place that writes these rows already holds.
create table answer (
  question integer not null,
  response integer not null,
  value text not null,
  primary key (question, response)
) without rowid, strict;

create table comment (
  id integer primary key,
  response integer not null,
  question integer not null,
  about text,
  words text not null,
  language text not null,
  grp text not null,
  school text not null
) strict;
create index comment_question on comment (question);

create table tally (
  survey integer not null,
  question text not null,
  cell text not null,
  grp text not null,
  school text not null,
  n integer not null,
  primary key (survey, question, cell, grp, school)
) without rowid, strict;

-- How many comments there are, kept like the tallies; about is '' when a comment explains no option.
create table comment_tally (
  question integer not null,
  about text not null,
  grp text not null,
  school text not null,
  n integer not null,
  primary key (question, about, grp, school)
) without rowid, strict;

-- Who is answering or has answered. Ordered by a random hash and by nothing else, so that neither the order of
-- rows nor a number in them leads to a response.
create table draft (
  token_hash text primary key,
  survey integer not null,
  version integer not null,
  language text not null,
  channel text not null,
  answers text not null,
  passed text not null,
  typed text not null,
  touched integer not null check (touched % 3600000 = 0),
  foreign key (survey, version) references version (survey, number)
) without rowid, strict;
create index draft_touched on draft (touched);

create table spent (
  token_hash text primary key,
  survey integer not null references survey (id)
) without rowid, strict;

create table person (
  id text primary key,
  email text not null unique,
  role text not null,
  password_hash text
) without rowid, strict;

create table session (
  id_hash text primary key,
  data text not null,
  person text references person (id) on delete cascade,
  expires integer not null
) without rowid, strict;
create index session_person on session (person);
create index session_expires on session (expires);

create table setting (
  key text primary key,
  value text not null
) without rowid, strict;

create table plan (
  id text primary key,
  content text not null
) strict;
