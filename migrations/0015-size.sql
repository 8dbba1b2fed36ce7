-- Files of responses that are being read in: how many rows of each are kept, written with those rows, so that a run
-- that was cut off goes on behind them. Gone when the file is read to its end. The fingerprint is of the file's bytes.
create table import_run (
  survey integer not null references survey (id),
  fingerprint text not null,
  kept integer not null,
  primary key (survey, fingerprint)
) without rowid, strict;

-- People told apart by what they said of themselves, and what they said: for tables of two profile questions. Counted
-- behind the answers, up to the response that crossing_mark names; '' where somebody did not say. turn: how often
-- these counts were changed.
create table crossing (
  survey integer not null,
  question text not null,
  cell text not null,
  grp text not null,
  grade text not null,
  spoken text not null,
  n integer not null,
  primary key (survey, question, cell, grp, grade, spoken)
) without rowid, strict;
create table crossing_mark (
  survey integer primary key references survey (id),
  up_to integer not null,
  turn integer not null
) strict;
