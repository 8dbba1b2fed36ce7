insert into definition (slug, revision, questionnaire, changed_by, changed) values
  ('sample', 1, '{"source":"en","languages":["en","es"],"title":{"en":"A sample survey"},"sections":[]}', 'rosa', 1620800000000),
  ('sample', 2, '{"source":"en","languages":["en","es"],"title":{"en":"A sample survey","es":"Una encuesta"},"sections":[]}', 'rosa', 1620800001000);
