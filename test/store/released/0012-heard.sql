update comment set screened = 1 where id = 1;
insert into commitment (id, revision, survey, kind, code, content, gone, changed_by, changed) values
  (1, 1, 1, 'theme', 'buses', '{"text":{"en":"More buses"}}', 0, 'rosa', 1620800000000);
insert into heard_page (survey, number, content, responses, shown_by, shown, hidden_by, hidden) values
  (1, 1, '{}', 5, 'rosa', 1620900000000, null, null);
insert into safety_reader (person) values ('rosa');
insert into conversation (id, revision, content, gone, changed_by, changed) values
  (1, 1, '{"title":{"en":"Town hall"}}', 0, 'rosa', 1620800000000);
insert into note (id, conversation, kind, words, language, state, shown, same_as, hour, screened) values
  (1, 1, 'question', 'When do buses come?', 'en', 'shown', 'When do buses come?', null, 1620835200000, 1);
