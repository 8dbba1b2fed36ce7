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

-- conversations, and what may speak of danger

-- Who was named to read what may speak of danger; it goes with the person.
create table safety_reader (
  person text primary key references person (id) on delete cascade
) without rowid, strict;

-- Whether a comment was looked through for danger.
alter table comment add column screened integer not null default 0 check (screened in (0, 1));
create index comment_unscreened on comment (id) where screened = 0;

-- The log of conversations; every saved state is a revision, and the highest is in use. `content`: JSON, see
-- src/commitment/conversation.ts. gone: taken away; it stays in the history.
create table conversation (
  id integer not null,
  revision integer not null,
  content text not null,
  gone integer not null default 0 check (gone in (0, 1)),
  changed_by text not null,
  changed integer not null,
  primary key (id, revision)
) strict;

-- What was said in a conversation, point by point, or asked before it. `shown`: the words that others may see, null
-- until somebody decided. `same_as`: another question that asks the same. `hour`: when it came, cut to the hour.
create table note (
  id integer primary key,
  conversation integer not null,
  kind text not null check (kind in ('note', 'question')),
  words text not null,
  language text not null,
  state text not null check (state in ('waiting', 'shown', 'hidden')),
  shown text,
  same_as integer,
  hour integer not null,
  screened integer not null default 0 check (screened in (0, 1))
) strict;
create index note_conversation on note (conversation);
create index note_unscreened on note (id) where screened = 0;
