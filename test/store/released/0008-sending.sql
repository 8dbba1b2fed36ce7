insert into contact (id, survey, email, address_hash, language, school, grp, code_hash) values
  (1, 1, 'a@example.org', 'hash-1', 'en', 'north', 'family', 'hash-a'),
  (2, 1, 'b@example.org', 'hash-2', 'es', '', '', null);
insert into contact_list (survey, keeps_codes) values (1, 1);
insert into contact_file (survey, name, content) values (1, 'people.csv', '[["Email"],["c@example.org"]]');
insert into mailing (id, survey, kind, send_at, state, sent) values
  (1, 1, 'invitation', 1620800000000, 'done', 2),
  (2, 1, 'reminder', 1620900000000, 'waiting', 0);
insert into letter (mailing, contact, state, tries, next_at, reason, code_hash) values
  (2, 1, 'waiting', 0, 0, '', null),
  (2, 2, 'refused', 3, 0, '550', null);
insert into stopped_address (address_hash) values ('hash-3');
