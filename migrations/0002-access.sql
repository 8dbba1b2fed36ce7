-- How a survey is sent out (see questionnaire/fielding): what is missing has its default.
alter table survey add column fielding text not null default '{}';

-- One-time access codes, by a slow hash alone. Ordered by that hash and by nothing else: neither the order of rows
-- nor a time says when a code was used, and no answer, draft or spent token names one.
create table access_code (
  code_hash text primary key,
  survey integer not null references survey (id),
  state text not null default 'unused' check (state in ('unused', 'used', 'out', 'void')),
  school text not null,
  grp text not null,
  sheet integer not null
) without rowid, strict;
create index access_code_sheet on access_code (survey, sheet, state);

-- How many said that they do not want to take part. Nothing else is known of them.
create table refusal (
  survey integer primary key references survey (id),
  n integer not null
) without rowid, strict;
