-- heard: filled by the part that owns it

-- commitments, heard pages

-- What the district does about a group or a theme; every saved state is a revision, and the highest is in use.
-- `content`: JSON, see src/commitment. gone: taken away; it stays in the history.
create table commitment (
  id integer not null,
  revision integer not null,
  survey integer not null,
  kind text not null check (kind in ('group', 'theme')),
  code text not null,
  content text not null,
  gone integer not null default 0 check (gone in (0, 1)),
  changed_by text not null,
  changed integer not null,
  primary key (id, revision)
) strict;
create index commitment_survey on commitment (survey);

-- What families were shown of a survey, whole, as it was on that day; one without `hidden` is shown.
create table heard_page (
  survey integer not null,
  number integer not null,
  content text not null,
  responses integer not null,
  shown_by text not null,
  shown integer not null,
  hidden_by text,
  hidden integer,
  primary key (survey, number)
) strict;
