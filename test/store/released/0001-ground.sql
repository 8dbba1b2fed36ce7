-- What a database of Heard 0.1.0 holds in the tables of this step, as its store wrote it. Never edited: a database of a
-- district is not edited either. See released.test.ts.
insert into survey (id, slug, state, opens_at, closes_at, version, minimum_group, sample) values
  (1, 'sample', 'open', null, null, 1, 10, 0);
insert into version (survey, number, questionnaire, published) values
  (1, 1, '{"source":"en","languages":["en","es"],"title":{"en":"A sample survey","es":"Una encuesta de muestra"},"sections":[{"code":"all","title":{"en":"All","es":"Todo"},"questions":[{"code":"group","kind":"single","title":{"en":"Who are you?","es":"¿Quién es usted?"},"options":[{"code":"family","label":{"en":"Family","es":"Familia"}},{"code":"student","label":{"en":"Student","es":"Estudiante"}}]},{"code":"ride","kind":"single","title":{"en":"How do you come?","es":"¿Cómo viene?"},"options":[{"code":"bus","label":{"en":"By bus","es":"En autobús"}},{"code":"walk","label":{"en":"On foot","es":"A pie"}}]},{"code":"why","kind":"text","title":{"en":"Why?","es":"¿Por qué?"}}]}]}', 1620800000000);
insert into question (id, survey, code) values
  (1, 1, 'group'),
  (2, 1, 'ride'),
  (3, 1, 'why');
insert into response (id, survey, version, language, channel, hour, grp, school) values
  (1, 1, 1, 'en', 'web', 1620824400000, '', ''),
  (2, 1, 1, 'es', 'web', 1620828000000, '', ''),
  (3, 1, 1, 'en', 'kiosk', 1620831600000, '', ''),
  (4, 1, 1, 'en', 'web', 1620835200000, '', ''),
  (5, 1, 1, 'en', 'paper', 1620838800000, '', '');
insert into answer (question, response, value) values
  (1, 1, '"family"'),
  (1, 2, '"family"'),
  (1, 3, '"student"'),
  (1, 4, '"student"'),
  (1, 5, '"family"'),
  (2, 1, '"bus"'),
  (2, 2, '"walk"'),
  (2, 3, '"bus"'),
  (2, 4, '"walk"'),
  (2, 5, '"bus"'),
  (3, 1, '{"words":"The bus is late","language":"en"}'),
  (3, 2, '{"words":"Está cerca","language":"es"}'),
  (3, 4, '{"words":"I like it","language":"en"}'),
  (3, 5, '{"words":"=1+1","language":"en"}');
insert into comment (id, response, question, about, words, language, grp, school) values
  (1, 1, 3, null, 'The bus is late', 'en', '', ''),
  (2, 2, 3, null, 'Está cerca', 'es', '', ''),
  (3, 4, 3, null, 'I like it', 'en', '', ''),
  (4, 5, 3, null, '=1+1', 'en', '', '');
insert into tally (survey, question, cell, grp, school, n) values
  (1, '', '', '', '', 5),
  (1, 'group', '', '', '', 5),
  (1, 'group', 'family', '', '', 3),
  (1, 'group', 'student', '', '', 2),
  (1, 'ride', '', '', '', 5),
  (1, 'ride', 'bus', '', '', 3),
  (1, 'ride', 'walk', '', '', 2),
  (1, 'why', '', '', '', 4),
  (1, 'why', '-', '', '', 1);
insert into comment_tally (question, about, grp, school, n) values
  (3, '', '', '', 4);
insert into draft (token_hash, survey, version, language, channel, answers, passed, typed, touched) values
  ('hash-of-a-token', 1, 1, 'es', 'web', '{"group":"family"}', '[]', '{"why":"Porque"}', 1620835200000);
insert into spent (token_hash, survey) values
  ('token0', 1),
  ('token1', 1),
  ('token2', 1),
  ('token3', 1),
  ('token4', 1);
insert into person (id, email, role, password_hash) values
  ('rosa', 'rosa@example.org', 'office', 'argon2-hash');
insert into setting (key, value) values
  ('district', '{"name":{"en":"Sample District"},"timeZone":"America/New_York","sample":true,"schools":[{"code":"north","label":{"en":"North School"}}],"grades":[],"homeLanguages":[],"enrolment":[],"groups":[{"code":"family","label":{"en":"Families","es":"Familias"}},{"code":"student","label":{"en":"Students","es":"Estudiantes"}}]}');
insert into plan (id, content) values
  ('sample-plan', '{"id":"sample-plan"}');
insert into session (id_hash, data, person, expires) values
  ('hash-of-a-session', '{"csrf":"x","person":"rosa"}', 'rosa', 4102444800000);
