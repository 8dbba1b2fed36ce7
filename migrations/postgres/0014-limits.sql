-- How often something was tried of late, and until when that counts. `key` is a keyed hash: no address of anybody. In no
-- log and in no copy of the database, and gone when it fails.
create unlogged table limited (
  key text collate "C" primary key,
  n bigint not null,
  until bigint not null
);
create index limited_until on limited (until);

-- Whoever changes a survey or a setting tells every process that listens: they keep what was read last.
create function heard_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('heard', '');
  return null;
end $$;
create trigger survey_is_told after insert or update or delete or truncate on survey
  for each statement execute function heard_changed();
create trigger setting_is_told after insert or update or delete or truncate on setting
  for each statement execute function heard_changed();

-- Kept counts are written over and over: room beside each row, so that a new one finds its place on the same page.
alter table tally set (fillfactor = 50);
alter table turnout set (fillfactor = 50);
-- Drafts that were sent are cleared away soon, and not only when a fifth of them are.
alter table draft set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
