-- What a Pleroma 2.7 database has beyond common.sql, which comes first.

alter type notification_type add value 'status' before 'update';

alter table users
  add column keys text,
  add column public_key text,
  add column accepts_chat_messages boolean,
  add column birthday date,
  add column show_birthday boolean not null default false;
create index "users_ap_id_COALESCE_follower_address_index" on users (ap_id, coalesce(follower_address, ''));
create index users_birthday_month_day_index
  on users (date_part('month', birthday), date_part('day', birthday));
create index users_featured_address_index on users (featured_address);
create index users_following_address_index on users (following_address);
create index users_invisible_index on users (invisible);
create index users_last_status_at_index on users (last_status_at);
create index users_show_birthday_index on users (show_birthday);
create index users_tags_index on users using gin (tags);

-- Posts ---------------------------------------------------------------------------------------------------------------

-- The id of the object an activity is about, whether it is named, embedded or the first of a list.
create function associated_object_id(data jsonb) returns varchar language plpgsql immutable parallel safe as $$
declare
  object jsonb := data->'object';
begin
  if jsonb_typeof(object) = 'array' then
    object := object->0;
  end if;
  if jsonb_typeof(object->'id') = 'string' then
    return object->>'id';
  elsif jsonb_typeof(object) = 'string' then
    return object #>> '{}';
  end if;
  return null;
end $$;

create index activities_create_objects_index on activities (associated_object_id(data));

create index objects_likes on objects using gin ((data->'likes'));
create index objects_quote_url on objects ((data->'quoteUrl'));
create index objects_tags on objects using gin ((data->'tag'));

create table report_notes (
  id bigserial primary key,
  user_id uuid references users,
  activity_id uuid references activities,
  content text,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index report_notes_activity_id_index on report_notes (activity_id);
create index report_notes_user_id_index on report_notes (user_id);

create table rules (
  id bigserial primary key,
  priority integer not null default 0,
  text text not null,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  hint text
);

-- Chats ---------------------------------------------------------------------------------------------------------------

create table chats (
  id uuid primary key,
  user_id uuid references users on delete cascade,
  recipient varchar(255) references users (ap_id) on delete cascade,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create sequence chats_id_seq owned by chats.id;
create index chats_recipient_index on chats (recipient);
create unique index chats_user_id_recipient_index on chats (user_id, recipient);

create table chat_message_references (
  id uuid primary key,
  chat_id uuid not null references chats on delete cascade,
  object_id bigint not null references objects on delete cascade,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  unread boolean not null default true
);
create index chat_message_references_chat_id_id_desc_index on chat_message_references (chat_id, id desc);
create unique index chat_message_references_object_id_chat_id_index
  on chat_message_references (object_id, chat_id);
create index unread_messages_count_index on chat_message_references (chat_id) where unread = true;

-- Bookmarks -----------------------------------------------------------------------------------------------------------

create table bookmark_folders (
  id uuid primary key,
  name varchar(255) not null,
  emoji varchar(255),
  user_id uuid references users on delete cascade,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index bookmark_folders_user_id_name_index on bookmark_folders (user_id, name);

alter table bookmarks
  add column folder_id uuid references bookmark_folders on delete set null;
create index bookmarks_folder_id_index on bookmarks (folder_id);

-- Columns and indexes of the common tables ----------------------------------------------------------------------------

alter table user_relationships
  add column expires_at timestamp(0);

create index user_notes_target_id_index on user_notes (target_id);

alter table backups
  add column tempdir varchar(255);

alter table instances
  add column metadata jsonb;

create index announcement_read_relationships_announcement_id_index
  on announcement_read_relationships (announcement_id);

create index apps_client_id_client_secret_index on apps (client_id, client_secret);
create index apps_user_id_index on apps (user_id);

create index oauth_authorizations_app_id_index on oauth_authorizations (app_id);
create index oauth_authorizations_user_id_index on oauth_authorizations (user_id);

create index mfa_tokens_authorization_id_index on mfa_tokens (authorization_id);
create index mfa_tokens_user_id_index on mfa_tokens (user_id);

create index password_reset_tokens_user_id_index on password_reset_tokens (user_id);

create index push_subscriptions_token_id_index on push_subscriptions (token_id);

-- May the reader see this activity and everything it answers? A parent that is not here hides nothing.
create function thread_visibility(actor varchar, activity_id varchar, local_public varchar default '') returns boolean
language sql stable as $$
  with recursive thread as (
    select a.actor, a.recipients, o.data->>'inReplyTo' as parent
    from public.activities as a
    left join public.objects as o on o.data->>'id' = public.associated_object_id(a.data)
    where a.data->>'id' = activity_id
    union
    select a.actor, a.recipients, o.data->>'inReplyTo'
    from thread
    join public.activities as a on public.associated_object_id(a.data) = thread.parent and a.data->>'type' = 'Create'
    join public.objects as o on o.data->>'id' = thread.parent
  ), readable as (
    select array['https://www.w3.org/ns/activitystreams#Public', local_public, $1] || array_agg(followed.follower_address)
      as addresses
    from public.users as reader
    join public.following_relationships as following on following.follower_id = reader.id and following.state = 2
    join public.users as followed on followed.id = following.following_id
    where reader.ap_id = $1
  )
  select coalesce(bool_and(thread.actor = $1 or thread.recipients && readable.addresses), true) from thread, readable
$$;

-- The first and the newest of 321 migrations: the newest tells the version.
insert into schema_migrations (version, inserted_at) values
  (20170320193800, now() at time zone 'UTC'),
  (20220711182322, now() at time zone 'UTC'),
  (20240608003957, now() at time zone 'UTC'),
  (20240904142434, now() at time zone 'UTC');
