-- What is known of a translation beside its words: how it stands, from which source text it was made, by whom, when.
-- `place` is 'interface', or 'survey:' and the slug. The words of a survey live in its questionnaire; those kept here
-- tell whether they are still the ones that this row speaks of. The district's own wordings of the interface live here.
create table translation (
  place text not null,
  key text not null,
  tag text not null,
  words text not null,
  source text not null,
  state text not null check (state in ('machine', 'translated', 'reviewed')),
  made_by text not null,
  made integer not null,
  reviewed_by text,
  reviewed integer,
  primary key (place, tag, key)
) strict;

-- Notes to and from the translator, about one text in one language.
create table translation_note (
  id integer primary key,
  place text not null,
  key text not null,
  tag text not null,
  words text not null,
  said_by text not null,
  said integer not null
) strict;
create index translation_note_of on translation_note (place, tag, key);

-- Languages of the interface that the district added itself. Readers are offered one when it is shown.
create table interface_language (
  tag text primary key,
  name text not null,
  shown integer not null default 0 check (shown in (0, 1)),
  added_by text not null,
  added integer not null
) strict;
