insert into turnout (survey, dimension, code, grp, school, n) values
  (1, 'channel', 'kiosk', '', '', 1),
  (1, 'channel', 'paper', '', '', 1),
  (1, 'channel', 'web', '', '', 3),
  (1, 'hour', '1620824400000', '', '', 1),
  (1, 'hour', '1620828000000', '', '', 1),
  (1, 'hour', '1620831600000', '', '', 1),
  (1, 'hour', '1620835200000', '', '', 1),
  (1, 'hour', '1620838800000', '', '', 1),
  (1, 'language', 'en', '', '', 4),
  (1, 'language', 'es', '', '', 1);
insert into enrolment (as_of, source, added, content) values
  ('2021-10-01', 'A sample count', 1620800000000, '[]');
insert into progress (survey, version, day, what, place, n) values
  (1, 1, '2021-05-12', 'reached', 'all', 9);
