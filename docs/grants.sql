-- What Steward needs of an instance's database, per table and verb, and nothing else: docs/database-role.md says what for.
-- Run it in the instance's database as its owner or as a superuser, once the role is there:
--   create role steward login password '…';
--   psql --dbname=akkoma --file=docs/grants.sql
-- Run it again after an update of Steward or of the instance; it takes away what is no longer needed.

revoke all on all tables in schema public from steward;
revoke all on all sequences in schema public from steward;
grant usage on schema public to steward;

grant select, insert, update on users to steward;
grant select, insert, update, delete on activities to steward;
grant select, insert, update on objects to steward;
grant select, insert, delete on hashtags, hashtags_objects to steward;
grant select, insert, update on counter_cache to steward;
grant select, insert on moderation_log to steward;
grant select, insert, delete on report_notes to steward;
grant select, insert, update on oban_jobs to steward;
grant select, insert, update, delete on config to steward;
grant select, insert, delete on following_relationships to steward;
grant select on user_relationships to steward;
grant select, insert, update on user_invite_tokens to steward;
grant select, insert on password_reset_tokens to steward;
grant select, insert on backups to steward;
grant insert on scheduled_activities to steward;
grant select, insert, update, delete on announcements to steward;

grant select, insert, update, delete on apps to steward;
grant select, insert, update, delete on oauth_authorizations to steward;
grant select, insert, delete on oauth_tokens to steward;
grant select, insert on mfa_tokens to steward;

grant select, insert, delete on notifications to steward;
grant select, insert, update on markers, conversations, conversation_participations to steward;
grant select, insert on conversation_participation_recipient_ships to steward;
grant select on thread_mutes, push_subscriptions to steward;

grant select on instances, schema_migrations to steward;

-- What only one of the families, or only its newer versions have.
do $$
begin
  if to_regclass('public.oban_peers') is not null then
    grant select on oban_peers to steward;
  end if;
  if to_regclass('public.signing_keys') is not null then
    grant select, insert on signing_keys to steward;
  end if;
  if to_regclass('public.rules') is not null then
    grant select, insert, update, delete on rules to steward;
  end if;
  if to_regclass('public.rich_media_card') is not null then
    grant select on rich_media_card to steward;
  end if;
end $$;

-- The counters behind the ids of rows it may insert.
do $$
declare
  counter regclass;
begin
  for counter in
    select d.objid from pg_depend d
    join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_class t on t.oid = d.refobjid and t.relnamespace = 'public'::regnamespace
    where d.deptype in ('a', 'i') and has_table_privilege('steward', t.oid, 'insert')
  loop
    execute format('grant usage on sequence %s to steward', counter);
  end loop;
end $$;
