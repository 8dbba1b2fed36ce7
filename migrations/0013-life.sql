-- When each survey was first seen to be over; how long what came with it is kept counts from then. Gone when it opens
-- again.
create table ended (
  survey integer primary key references survey (id),
  at integer not null
) strict;

-- Where the office lets people take their response back: the hash of a code that stands on the receipt alone (76 random
-- bits) leads to the response. Who holds the code finds the response, and nobody else does. Deleted when the survey is
-- over. Ordered by the hash, so that the order of rows tells nothing.
create table withdrawal (
  code_hash text primary key,
  survey integer not null references survey (id),
  response integer not null
) without rowid, strict;
