-- How often something was tried of late, and until when that counts. `key` is a keyed hash: no address of anybody.
create table limited (
  key text primary key,
  n integer not null,
  until integer not null
) without rowid, strict;
create index limited_until on limited (until);
