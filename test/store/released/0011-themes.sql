insert into codebook (id, version, content, changed_by, changed) values
  ('themes', 1, '{"themes":[]}', 'rosa', 1620800000000);
insert into coding (id, survey, comment, theme, made_in, now, open, settled, source, who, verdict, confidence, at) values
  (1, 1, 1, 'buses', 1, 'buses', 0, 0, 'person', 'rosa', 1, null, 1620800000000),
  (2, 1, 2, 'buses', 1, 'buses', 0, 0, 'model', '1', 0, 0.25, 1620800000000);
insert into reading (survey, comment, person, version, how, earlier, at) values
  (1, 1, 'rosa', 1, 'desk', null, 1620800000000);
insert into second_sample (survey, comment) values (1, 2);
insert into gloss (survey, comment, tag, words, written_by, at) values (1, 2, 'en', 'It is near', 'rosa', 1620800000000);
insert into theme_model (survey, number, codebook_version, content, metrics, examples, took, up_to, at) values
  (1, 1, 1, '{}', '{}', 12, 3, 4, 1620800000000);
insert into acceptance (id, survey, theme, model, confidence, precision, recall, positives, accepted_by, accepted) values
  (1, 1, 'buses', 1, 0.9, 0.85, 0.5, 10, 'rosa', 1620800000000);
insert into quote (id, survey, comment, theme, words, language, edits, translations, grp, state, proposed_by, proposed, approved_by, approved) values
  (1, 1, 1, 'buses', 'The bus is late', 'en', '[]', '{"es":"El autobús llega tarde"}', '', 'approved', 'rosa', 1620800000000, 'luis', 1620800001000);
insert into flag (id, survey, comment, kind, level, state, log, at) values
  (1, 1, 4, 'harm', 'second', 'new', '[]', 1620838800000);
