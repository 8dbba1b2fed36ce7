insert into resume_code (code_hash, survey, sealed, touched) values
  ('hash-of-a-code', 1, 'sealed-token', 1620835200000);
