-- Surveys that are asked again and again. A survey is a wave of one series at most; `day` puts waves in order. Name and
-- label are texts in some languages, as JSON.
create table series (
  id integer primary key,
  name text not null,
  made integer not null
) strict;

create table wave (
  survey integer primary key references survey (id),
  series integer not null references series (id),
  day text not null,
  label text not null
) strict;
create index wave_series on wave (series);

-- The office says that two questions mean the same although they are worded or coded otherwise, and why.
create table same_question (
  series integer not null references series (id),
  before integer not null references survey (id),
  after integer not null references survey (id),
  asked_before text not null,
  asked_after text not null,
  reason text not null,
  said_by text not null,
  said integer not null,
  primary key (before, after, asked_after)
) without rowid, strict;

-- How the columns of a file of earlier results were read, by a fingerprint of its header: offered the next time.
create table import_mapping (
  fingerprint text primary key,
  content text not null,
  saved integer not null
) without rowid, strict;

-- A file of earlier results that is being looked at: one for each person, gone when it is taken, dropped or a day old.
create table import_file (
  person text primary key,
  name text not null,
  content text not null,
  kept integer not null
) without rowid, strict;
