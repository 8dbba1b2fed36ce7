-- Who of the office typed a response in from paper, and who typed it a second time. Null for every other channel.
alter table response add column entered_by text;
alter table response add column checked_by text;
create index response_typist on response (survey, entered_by, checked_by) where entered_by is not null;

-- Sheets that one person typed and that wait for a second. Gone when they become a response.
create table paper_sheet (
  survey integer not null,
  sheet integer not null,
  form_hash text not null,
  typed_by text not null,
  version integer not null,
  language text not null,
  answers text not null,
  primary key (survey, sheet),
  foreign key (survey, version) references version (survey, number)
) without rowid, strict;
