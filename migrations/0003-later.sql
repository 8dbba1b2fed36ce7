-- Codes for finishing later. Neither the code nor the draft's token is here: the code's slow hash finds the row, and
-- only the code itself opens `sealed`, which holds the token. So this table leads to no draft and to no response.
-- Ordered by that hash and by nothing else; the time is the hour, for clearing.
create table resume_code (
  code_hash text primary key,
  survey integer not null references survey (id),
  sealed text not null,
  touched integer not null check (touched % 3600000 = 0)
) without rowid, strict;
create index resume_code_touched on resume_code (touched);
