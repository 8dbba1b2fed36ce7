insert into person (id, email, role, password_hash, scope) values
  ('tran', 'tran@example.org', 'translator', null, '{"languages":["es"]}');
insert into audit (id, at, person, who, did, about, detail) values
  (1, 1620800000000, 'rosa', 'rosa@example.org', 'opened', 'sample', ''),
  (2, 1620800001000, 'left', 'left@example.org', 'exported', 'sample', 'csv');
