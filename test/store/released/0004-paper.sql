update response set entered_by = 'rosa', checked_by = 'luis' where id = 5;
insert into paper_sheet (survey, sheet, form_hash, typed_by, version, language, answers) values
  (1, 7, 'hash-of-a-form', 'rosa', 1, 'en', '{"ride":"bus"}');
