insert into series (id, name, made) values (1, '{"en":"Every spring"}', 1620800000000);
insert into wave (survey, series, day, label) values (1, 1, '2021-05-12', '{"en":"Spring 2021"}');
insert into same_question (series, before, after, asked_before, asked_after, reason, said_by, said) values
  (1, 1, 1, 'ride', 'ride', 'The same words', 'rosa', 1620800000000);
insert into import_mapping (fingerprint, content, saved) values ('print', '{}', 1620800000000);
insert into import_file (person, name, content, kept) values ('rosa', 'old.csv', '[]', 1620800000000);
