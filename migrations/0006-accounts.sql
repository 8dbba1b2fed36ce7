-- What a role is narrowed to: JSON with schools (codes) and languages (tags); what is missing is none.
alter table person add column scope text not null default '{}';

-- What staff did. `who` is the e-mail address at that time: the row stays as it is when the person goes, so there is
-- no key to person. Never what somebody answered or wrote.
create table audit (
  id integer primary key,
  at integer not null,
  person text,
  who text not null,
  did text not null,
  about text not null,
  detail text not null
) strict;
create index audit_about on audit (about);
create index audit_who on audit (who);

create trigger audit_is_never_changed before update on audit
begin
  select raise(abort, 'what was done is never rewritten');
end;

create trigger audit_is_never_removed before delete on audit
begin
  select raise(abort, 'what was done is never removed');
end;
