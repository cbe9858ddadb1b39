-- The tables Akkoma 3.16 and Pleroma 2.7 have in common, for the embedded database and for tests.
-- Load this file, then akkoma.sql or pleroma.sql: each adds what only that family has. The order of a table's columns is
-- not the real one; names, types, defaults, keys and indexes are.

create extension if not exists citext;
create extension if not exists pg_trgm;
create extension if not exists "uuid-ossp";

create type notification_type as enum (
  'follow', 'follow_request', 'mention', 'move', 'pleroma:emoji_reaction', 'pleroma:chat_mention', 'reblog', 'favourite',
  'pleroma:report', 'poll', 'update'
);

create type oban_job_state as enum (
  'available', 'scheduled', 'executing', 'retryable', 'completed', 'discarded', 'cancelled'
);

-- People --------------------------------------------------------------------------------------------------------------

create table users (
  id uuid primary key,
  email citext,
  password_hash varchar(255),
  name varchar(255),
  nickname citext,
  bio text not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  ap_id varchar(255) not null,
  avatar jsonb,
  local boolean not null default true,
  follower_address varchar(255),
  last_refreshed_at timestamp,
  tags varchar(255)[] default array[]::varchar[],
  last_digest_emailed_at timestamp(0) default now(),
  multi_factor_authentication_settings jsonb default '{}',
  following_address varchar(255),
  banner jsonb default '{}',
  background jsonb default '{}',
  note_count integer not null default 0,
  follower_count integer not null default 0,
  following_count integer not null default 0,
  is_locked boolean not null default false,
  is_confirmed boolean not null default true,
  password_reset_pending boolean not null default false,
  confirmation_token text,
  default_scope varchar(255) default 'public',
  blocks text[] not null default array[]::text[],
  domain_blocks text[] not null default array[]::text[],
  mutes text[] not null default array[]::text[],
  muted_reblogs text[] not null default array[]::text[],
  muted_notifications text[] not null default array[]::text[],
  subscribers text[] not null default array[]::text[],
  is_active boolean not null default true,
  no_rich_text boolean not null default false,
  is_moderator boolean not null default false,
  is_admin boolean not null default false,
  show_role boolean not null default true,
  uri text,
  hide_followers_count boolean not null default false,
  hide_follows_count boolean not null default false,
  hide_followers boolean not null default false,
  hide_follows boolean not null default false,
  hide_favorites boolean not null default true,
  email_notifications jsonb default '{"digest": false}',
  mascot jsonb,
  emoji jsonb not null default '{}',
  pleroma_settings_store jsonb default '{}',
  fields jsonb not null default '[]',
  raw_fields jsonb not null default '[]',
  is_discoverable boolean not null default false,
  invisible boolean not null default false,
  notification_settings jsonb not null
    default '{"follows": true, "followers": true, "non_follows": true, "non_followers": true}',
  skip_thread_containment boolean not null default false,
  also_known_as varchar(255)[] not null default array[]::varchar[],
  allow_following_move boolean not null default true,
  actor_type varchar(255) not null default 'Person',
  raw_bio text,
  inbox text,
  shared_inbox text,
  is_approved boolean not null default true,
  registration_reason text,
  last_active_at timestamp(0),
  pinned_objects jsonb not null default '{}',
  featured_address varchar(255),
  disclose_client boolean default true,
  is_suggested boolean not null default false,
  last_status_at timestamp(0),
  language varchar(255)
);
create sequence users_id_seq owned by users.id;
create unique index users_ap_id_index on users (ap_id);
create unique index users_email_index on users (email);
create index users_follower_address_index on users (follower_address);
create index users_fts_index on users using gin ((
  setweight(to_tsvector('simple', regexp_replace(nickname, '\W', ' ', 'g')), 'A')
  || setweight(to_tsvector('simple', regexp_replace(coalesce(name, ''), '\W', ' ', 'g')), 'B')
));
create index users_is_active_index on users (is_active);
create index users_is_admin_index on users (is_admin);
create index users_is_discoverable_index on users (is_discoverable);
create index users_is_moderator_index on users (is_moderator);
create index users_is_suggested_index on users (is_suggested);
create index users_last_active_at_index on users (last_active_at);
create index users_local_index on users (local);
create unique index users_nickname_index on users (nickname);
create index users_uri_index on users (uri);

-- Whom a post was written for. Tables are named with their schema because index expressions are also evaluated where
-- search_path is empty (ANALYZE, restoring a dump).
create function activity_visibility(actor varchar, recipients varchar[], data jsonb) returns varchar
language plpgsql immutable parallel safe as $$
declare
  everyone constant varchar := 'https://www.w3.org/ns/activitystreams#Public';
  followers varchar;
begin
  if data->'to' ? everyone then
    return 'public';
  elsif data->'cc' ? everyone then
    return 'unlisted';
  end if;
  select users.follower_address into followers from public.users where users.ap_id = actor;
  if followers = any(recipients) then
    return 'private';
  elsif not recipients && array[everyone, followers] then
    return 'direct';
  end if;
  return 'unknown';
end $$;

-- Posts ---------------------------------------------------------------------------------------------------------------

-- Every activity: posts (Create), likes, follows, reports (Flag).
create table activities (
  id uuid primary key,
  data jsonb not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  local boolean not null default true,
  actor varchar(255),
  recipients varchar(255)[] default array[]::varchar[]
);
create sequence activities_id_seq owned by activities.id;
create index "activities_actor_id_DESC_NULLS_LAST_index" on activities (actor, id desc nulls last);
create index activities_context_index on activities ((data->>'type'), (data->>'context'));
create index activities_id_desc_nulls_last_local_index on activities (id desc nulls last, local);
create index activities_local_index on activities (local);
create index activities_recipients_index on activities using gin (recipients);
create unique index activities_unique_apid_index on activities ((data->>'id'));
create index activities_visibility_index
  on activities (activity_visibility(actor, recipients, data), id desc nulls last)
  where data->>'type' = 'Create';

create function update_status_visibility_counter_cache() returns trigger language plpgsql as $$
declare
  before varchar;
  after varchar;
begin
  if tg_op <> 'INSERT' and old.data->>'type' = 'Create' then
    before := public.activity_visibility(old.actor, old.recipients, old.data);
    if before <> 'unknown' then
      execute format('update public.counter_cache set %1$I = greatest(%1$I - 1, 0) where instance = $1', before)
        using split_part(old.actor, '/', 3);
    end if;
  end if;
  if tg_op <> 'DELETE' and new.data->>'type' = 'Create' then
    after := public.activity_visibility(new.actor, new.recipients, new.data);
    if after <> 'unknown' then
      execute format(
        'insert into public.counter_cache as counted (instance, %1$I) values ($1, 1)
         on conflict (instance) do update set %1$I = counted.%1$I + 1', after
      ) using split_part(new.actor, '/', 3);
    end if;
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end $$;

create trigger status_visibility_counter_cache_trigger
  before insert or delete or update of recipients, data on activities
  for each row execute function update_status_visibility_counter_cache();

-- What the activities are about: notes, polls, uploads, tombstones.
create table objects (
  id bigserial primary key,
  data jsonb not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index objects_actor_type on objects ((data->>'actor'), (data->>'type'));
create index objects_fts on objects using gin (to_tsvector('english', data->>'content'));
create index objects_in_reply_to_index on objects ((data->>'inReplyTo'));
create unique index objects_unique_apid_index on objects ((data->>'id'));

create table hashtags (
  id bigserial primary key,
  name text not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index hashtags_name_index on hashtags (name);

create table hashtags_objects (
  hashtag_id bigint not null references hashtags,
  object_id bigint not null references objects on delete cascade,
  primary key (hashtag_id, object_id)
);
create index hashtags_objects_object_id_index on hashtags_objects (object_id);

-- Servers that fetched an object and must hear of its deletion.
create table deliveries (
  id bigserial primary key,
  object_id integer not null references objects,
  user_id uuid not null references users on delete cascade
);
create index deliveries_object_id on deliveries (object_id);
create unique index deliveries_user_id_object_id_index on deliveries (user_id, object_id);

-- Statuses per author host and visibility, kept by the trigger above.
create table counter_cache (
  id bigserial primary key,
  instance varchar(255) not null,
  direct bigint not null default 0,
  private bigint not null default 0,
  unlisted bigint not null default 0,
  public bigint not null default 0
);
create unique index counter_cache_instance_index on counter_cache (instance);

-- Between people ------------------------------------------------------------------------------------------------------

-- state: 1 pending, 2 accepted, 3 rejected.
create table following_relationships (
  id bigserial primary key,
  follower_id uuid not null references users on delete cascade,
  following_id uuid not null references users on delete cascade,
  state integer not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index following_relationships_follower_id_following_id_index
  on following_relationships (follower_id, following_id);
create index following_relationships_follower_id_state_index on following_relationships (follower_id, state);
create index following_relationships_following_id_index on following_relationships (following_id);

-- relationship_type: 1 block, 2 mute, 3 reblog mute, 4 notification mute, 5 inverse subscription, 6 suggestion dismissed.
create table user_relationships (
  id bigserial primary key,
  source_id uuid references users on delete cascade,
  target_id uuid references users on delete cascade,
  relationship_type integer not null,
  inserted_at timestamp(0) not null
);
create unique index user_relationships_source_id_relationship_type_target_id_index
  on user_relationships (source_id, relationship_type, target_id);
create index user_relationships_target_id_relationship_type_index
  on user_relationships (target_id, relationship_type);

create table user_notes (
  id bigserial primary key,
  source_id uuid references users on delete cascade,
  target_id uuid references users on delete cascade,
  comment varchar(255),
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index user_notes_source_id_target_id_index on user_notes (source_id, target_id);

create table lists (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  title varchar(255),
  following varchar(255)[],
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  ap_id varchar(255)
);
create unique index lists_ap_id_index on lists (ap_id);
create index lists_following_index on lists (following);
create index lists_user_id_index on lists (user_id);

create table filters (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  filter_id integer not null,
  hide boolean default false,
  phrase varchar(255),
  context varchar(255)[],
  expires_at timestamp(0),
  whole_word boolean not null default true,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index filters_user_id_index on filters (user_id);
create index hided_phrases_index on filters (phrase) where hide = true;

create table thread_mutes (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  context varchar(255) not null
);
create unique index unique_index on thread_mutes (user_id, context);

-- What a person keeps -------------------------------------------------------------------------------------------------

create table notifications (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  activity_id uuid not null references activities on delete cascade,
  seen boolean not null default false,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  type notification_type
);
create index notifications_activity_id_index on notifications (activity_id);
create index notifications_id_desc_nulls_last_index on notifications (id desc nulls last);
create index notifications_user_id_id_desc_nulls_last_index on notifications (user_id, id desc nulls last);
create index notifications_user_id_seen_index on notifications (user_id, seen);

create table markers (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  timeline varchar(255) not null default '',
  last_read_id varchar(255) not null default '',
  lock_version integer not null default 0,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index markers_user_id_timeline_index on markers (user_id, timeline);

create table bookmarks (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  activity_id uuid not null references activities on delete cascade,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index bookmarks_activity_id_index on bookmarks (activity_id);
create unique index bookmarks_user_id_activity_id_index on bookmarks (user_id, activity_id);

create table conversations (
  id bigserial primary key,
  ap_id varchar(255) not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index conversations_ap_id_index on conversations (ap_id);

create table conversation_participations (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  conversation_id bigint not null references conversations on delete cascade,
  read boolean not null default false,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index conversation_participations_conversation_id_index
  on conversation_participations (conversation_id);
create index conversation_participations_updated_at_desc_index
  on conversation_participations (updated_at desc);
create unique index conversation_participations_user_id_conversation_id_index
  on conversation_participations (user_id, conversation_id);
create index unread_conversation_participation_count_index
  on conversation_participations (user_id) where read = false;

create table conversation_participation_recipient_ships (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  participation_id bigint not null
    constraint conversation_participation_recipient_ships_participation_id_fke references conversation_participations on delete cascade
);
create index conversation_participation_recipient_ships_participation_id_ind
  on conversation_participation_recipient_ships (participation_id);
create index conversation_participation_recipient_ships_user_id_index
  on conversation_participation_recipient_ships (user_id);

create table scheduled_activities (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  scheduled_at timestamp(0) not null,
  params jsonb not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index scheduled_activities_scheduled_at_index on scheduled_activities (scheduled_at);
create index scheduled_activities_user_id_index on scheduled_activities (user_id);

create table backups (
  id bigserial primary key,
  user_id uuid references users on delete cascade,
  file_name varchar(255) not null,
  content_type varchar(255) not null,
  processed boolean not null default false,
  file_size bigint,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index backups_user_id_index on backups (user_id);

-- Signing in ----------------------------------------------------------------------------------------------------------

create table apps (
  id bigserial primary key,
  client_name varchar(255) not null,
  redirect_uris varchar(255) not null,
  scopes varchar(255)[] not null default array[]::varchar[],
  website varchar(255),
  client_id varchar(255),
  client_secret varchar(255),
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  trusted boolean default false,
  user_id uuid references users on delete cascade
);
create unique index apps_client_id_index on apps (client_id);

create table oauth_authorizations (
  id bigserial primary key,
  app_id bigint not null references apps,
  user_id uuid references users on delete cascade,
  token varchar(255) not null,
  valid_until timestamp,
  used boolean not null default false,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  scopes varchar(255)[] not null default array[]::varchar[]
);

create table oauth_tokens (
  id bigserial primary key,
  app_id bigint not null references apps,
  user_id uuid references users on delete cascade,
  token varchar(255),
  refresh_token varchar(255),
  valid_until timestamp,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  scopes varchar(255)[] not null default array[]::varchar[]
);
create index oauth_tokens_app_id_index on oauth_tokens (app_id);
create unique index oauth_tokens_refresh_token_index on oauth_tokens (refresh_token);
create unique index oauth_tokens_token_index on oauth_tokens (token);
create index oauth_tokens_user_id_index on oauth_tokens (user_id);

create table push_subscriptions (
  id bigserial primary key,
  user_id uuid not null references users on delete cascade,
  token_id bigint not null references oauth_tokens on delete cascade,
  endpoint varchar not null,
  key_p256dh varchar(255) not null,
  key_auth varchar(255) not null,
  data jsonb not null default '{}',
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index push_subscriptions_user_id_token_id_index on push_subscriptions (user_id, token_id);

create table mfa_tokens (
  id bigserial primary key,
  user_id uuid references users on delete cascade,
  authorization_id bigint references oauth_authorizations on delete cascade,
  token varchar(255),
  valid_until timestamp,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index mfa_tokens_token_index on mfa_tokens (token);

create table password_reset_tokens (
  id bigserial primary key,
  token varchar(255) not null,
  user_id uuid not null references users on delete cascade,
  used boolean not null default false,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);

create table registrations (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  provider varchar(255) not null,
  uid varchar(255) not null,
  info jsonb not null default '{}',
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index registrations_provider_uid_index on registrations (provider, uid);
create unique index registrations_user_id_provider_uid_index on registrations (user_id, provider, uid);

-- invite_type: one_time, reusable, date_limited, reusable_date_limited.
create table user_invite_tokens (
  id bigserial primary key,
  token varchar(255),
  used boolean not null default false,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  expires_at date,
  uses integer not null default 0,
  max_use integer,
  invite_type varchar(255) not null default 'one_time'
);

-- Running the instance ------------------------------------------------------------------------------------------------

create table moderation_log (
  id bigserial primary key,
  data jsonb not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);

create table announcements (
  id uuid primary key,
  data jsonb,
  starts_at timestamp(0),
  ends_at timestamp(0),
  rendered jsonb,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);

create table announcement_read_relationships (
  id bigserial primary key,
  user_id uuid references users on delete cascade,
  announcement_id uuid references announcements on delete cascade,
  inserted_at timestamp(0) not null
);
create unique index announcement_read_relationships_user_id_announcement_id_index
  on announcement_read_relationships (user_id, announcement_id);

-- value: an Erlang term in external format.
create table config (
  id bigserial primary key,
  key varchar(255) not null,
  value bytea not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  "group" varchar(255)
);
create unique index config_group_key_index on config ("group", key);

create table instances (
  id bigserial primary key,
  host varchar(255) not null,
  unreachable_since timestamp,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  favicon varchar(255),
  favicon_updated_at timestamp(0),
  metadata_updated_at timestamp(0)
);
create unique index instances_host_index on instances (host);
create index instances_unreachable_since_index on instances (unreachable_since);

create table rich_media_card (
  id bigserial primary key,
  url_hash bytea,
  fields jsonb,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index rich_media_card_url_hash_index on rich_media_card (url_hash);

-- Queue (Oban, schema version 12) -------------------------------------------------------------------------------------

create table oban_jobs (
  id bigserial primary key,
  state oban_job_state not null default 'available',
  queue text not null default 'default',
  worker text not null,
  args jsonb not null default '{}',
  errors jsonb[] not null default array[]::jsonb[],
  attempt integer not null default 0,
  max_attempts integer not null default 20,
  inserted_at timestamp not null default timezone('UTC', now()),
  scheduled_at timestamp not null default timezone('UTC', now()),
  attempted_at timestamp,
  completed_at timestamp,
  attempted_by text[],
  discarded_at timestamp,
  priority integer not null default 0,
  tags text[] default array[]::text[],
  meta jsonb default '{}',
  cancelled_at timestamp,
  constraint attempt_range check (attempt >= 0 and attempt <= max_attempts),
  constraint positive_max_attempts check (max_attempts > 0),
  constraint queue_length check (char_length(queue) > 0 and char_length(queue) < 128),
  constraint worker_length check (char_length(worker) > 0 and char_length(worker) < 128)
);
alter table oban_jobs add constraint non_negative_priority check (priority >= 0) not valid;
comment on table oban_jobs is '12';
create index oban_jobs_args_index on oban_jobs using gin (args);
create index oban_jobs_meta_index on oban_jobs using gin (meta);
create index oban_jobs_state_queue_priority_scheduled_at_id_index
  on oban_jobs (state, queue, priority, scheduled_at, id);

-- Unlogged: a crash may forget the leader.
create unlogged table oban_peers (
  name text primary key,
  node text not null,
  started_at timestamp not null,
  expires_at timestamp not null
);

-- Migrations ----------------------------------------------------------------------------------------------------------

create table schema_migrations (
  version bigint primary key,
  inserted_at timestamp(0)
);

create table data_migrations (
  id bigserial primary key,
  name varchar(255) not null,
  state integer default 1,
  feature_lock boolean default false,
  params jsonb default '{}',
  data jsonb default '{}',
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index data_migrations_name_index on data_migrations (name);

create table data_migration_failed_ids (
  data_migration_id bigint not null references data_migrations,
  record_id bigint not null,
  primary key (data_migration_id, record_id)
);
create unique index data_migration_failed_ids_data_migration_id_record_id_index
  on data_migration_failed_ids (data_migration_id, record_id);

-- Helpers the instances keep in the database --------------------------------------------------------------------------

create function recipients_contain_blocked_domains(recipients varchar[], blocked_domains varchar[]) returns boolean
language sql immutable parallel safe as $$
  select exists (select from unnest(recipients) as recipient where split_part(recipient, '/', 3) = any(blocked_domains))
$$;

-- jsonb_set answers null for a null value; this one stores JSON null instead.
create function safe_jsonb_set(target jsonb, path text[], new_value jsonb, create_missing boolean default true) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_set(target, path, coalesce(new_value, 'null'), create_missing)
$$;
