insert into ended (survey, at) values (1, 1620900000000);
insert into withdrawal (code_hash, survey, response) values ('hash-of-a-slip', 1, 2);
