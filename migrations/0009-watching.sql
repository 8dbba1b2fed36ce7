-- How many there are of whom: a table of each date, with where its figures come from. Rows as JSON.
create table enrolment (
  as_of text primary key,
  source text not null,
  added integer not null,
  content text not null
) without rowid, strict;

-- How many responses came in which form language (by group and school), by which channel, in which hour. Kept with
-- the response itself; nothing here that the response does not hold.
create table turnout (
  survey integer not null,
  dimension text not null,
  code text not null,
  grp text not null,
  school text not null,
  n integer not null,
  primary key (survey, dimension, code, grp, school)
) without rowid, strict;

insert into turnout
  select survey, 'language', language, grp, school, count(*) from response group by survey, language, grp, school;
insert into turnout
  select survey, 'channel', channel, '', '', count(*) from response group by survey, channel;
insert into turnout
  select survey, 'hour', cast(hour as text), '', '', count(*) from response group by survey, hour;

-- How far people came, and how long they took: numbers without any person, of about (counted in memory and written
-- every few seconds). what: reached or passed a page (place), took so many minutes (place: a bucket).
create table progress (
  survey integer not null,
  version integer not null,
  day text not null,
  what text not null,
  place text not null,
  n integer not null,
  primary key (survey, version, day, what, place)
) without rowid, strict;
