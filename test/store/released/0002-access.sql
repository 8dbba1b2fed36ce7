update survey set fielding = '{"access":"codes","kiosk":false,"doubleEntry":true,"optOutListed":false}' where id = 1;
insert into access_code (code_hash, survey, state, school, grp, sheet) values
  ('hash-a', 1, 'unused', 'north', '', 1),
  ('hash-b', 1, 'used', 'north', '', 1),
  ('hash-c', 1, 'void', '', '', 2);
insert into refusal (survey, n) values (1, 2);
