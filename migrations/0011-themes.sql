-- What comments are about. `survey` and `comment` together name what was said; survey 0 is the conversations, and then
-- `comment` is the number of a note. People are named by their id and nothing else: one who has left stays as that.

-- Every version of a codebook, whole; the highest is the one in use.
create table codebook (
  id text not null,
  version integer not null,
  content text not null,
  changed_by text not null,
  changed integer not null,
  primary key (id, version)
) strict;

-- A theme on a comment. `theme` and `made_in` (a version of the codebook) are what was said then and never change;
-- `now` is what has become of the theme since, null when it counts for nothing. open: it was split, and a person must
-- say again; settled: somebody did. source 'settled' is the last word on a disagreement and outranks 'person'.
create table coding (
  id integer primary key,
  survey integer not null,
  comment integer not null,
  theme text not null,
  made_in integer not null,
  now text,
  open integer not null default 0 check (open in (0, 1)),
  settled integer not null default 0 check (settled in (0, 1)),
  source text not null check (source in ('person', 'settled', 'words', 'model')),
  -- A person's id, or the version of the word lists or the model.
  who text not null,
  verdict integer not null check (verdict in (0, 1)),
  confidence real,
  at integer not null,
  unique (survey, comment, source, who, theme, made_in)
) strict;
create index coding_who on coding (survey, source, who);
create index coding_theme on coding (theme, made_in);

-- Who has read which comment. Who read it has spoken on every theme: those without a coding do not fit.
create table reading (
  survey integer not null,
  comment integer not null,
  person text not null,
  -- The version of the codebook that was read by.
  version integer not null,
  how text not null check (how in ('desk', 'bulk', 'sample')),
  -- What this person had said before, for taking one step back; JSON, null when nothing.
  earlier text,
  at integer not null,
  primary key (survey, comment, person)
) strict;

-- The comments that a second person codes without seeing the first one's codes.
create table second_sample (
  survey integer not null,
  comment integer not null,
  primary key (survey, comment)
) strict;

-- What a coder understands a comment to say, in a language of theirs.
create table gloss (
  survey integer not null,
  comment integer not null,
  tag text not null,
  words text not null,
  written_by text not null,
  at integer not null,
  primary key (survey, comment, tag)
) strict;

-- Trained models. Codings of a model count for nothing unless accepted. `up_to`: the last comment that it has read.
create table theme_model (
  survey integer not null,
  number integer not null,
  codebook_version integer not null,
  content text not null,
  metrics text not null,
  examples integer not null,
  took integer not null,
  up_to integer not null,
  at integer not null,
  primary key (survey, number)
) strict;

-- Automatic codes of a theme that the owner of the survey accepts from a confidence on, with what was measured then.
create table acceptance (
  id integer primary key,
  survey integer not null,
  theme text not null,
  model integer not null,
  confidence real not null,
  precision real,
  recall real,
  positives integer not null,
  accepted_by text not null,
  accepted integer not null,
  withdrawn_by text,
  withdrawn integer
) strict;
create index acceptance_survey on acceptance (survey);

-- Comments that may be shown in their words, as changed. `edits` is the log of what was changed, `translations` the
-- words by language; both JSON.
create table quote (
  id integer primary key,
  survey integer not null,
  comment integer not null,
  theme text,
  words text not null,
  language text not null,
  edits text not null,
  translations text not null,
  grp text not null,
  state text not null check (state in ('proposed', 'approved', 'withdrawn')),
  proposed_by text not null,
  proposed integer not null,
  approved_by text,
  approved integer,
  unique (survey, comment)
) strict;

-- Comments that may speak of danger. `log`: who did what when, JSON. No words of the comment.
create table flag (
  id integer primary key,
  survey integer not null,
  comment integer not null,
  kind text not null,
  level text not null check (level in ('urgent', 'second')),
  state text not null check (state in ('new', 'seen', 'acted', 'closed')),
  log text not null,
  at integer not null,
  unique (survey, comment)
) strict;
create index flag_state on flag (state);
