-- Questionnaires under work. Every saved state is a row: the second of two who change the same revision is told,
-- and what was taken out can be brought back.
create table definition (
  slug text not null,
  revision integer not null,
  questionnaire text not null,
  changed_by text not null,
  changed integer not null,
  primary key (slug, revision)
) strict;
