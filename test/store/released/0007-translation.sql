insert into translation (place, key, tag, words, source, state, made_by, made, reviewed_by, reviewed) values
  ('survey:sample', 'title', 'es', 'Una encuesta', 'A sample survey', 'reviewed', 'tran', 1620800000000, 'rosa', 1620800001000),
  ('interface', 'common.send', 'es', 'Enviar', 'Send', 'machine', '', 1620800000000, null, null);
insert into translation_note (id, place, key, tag, words, said_by, said) values
  (1, 'survey:sample', 'title', 'es', 'Is this for children?', 'tran', 1620800000000);
insert into interface_language (tag, name, shown, added_by, added) values
  ('hmn', 'Hmoob', 1, 'rosa', 1620800000000);
