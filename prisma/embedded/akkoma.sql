-- What an Akkoma 3.16 database has beyond common.sql, which comes first.

alter table users
  add column mastofe_settings jsonb,
  add column status_ttl_days integer,
  add column accepts_direct_messages_from varchar(255) default 'everybody',
  add column permit_followback boolean not null default false;
create index "aa_users_ap_id_COALESCE_follower_address_index"
  on users (ap_id, coalesce(follower_address, ''));

create table signing_keys (
  user_id uuid not null references users on delete cascade,
  key_id text primary key,
  public_key text not null,
  private_key text,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create unique index signing_keys_user_id_index on signing_keys (user_id);

create table user_follows_hashtag (
  id bigserial primary key,
  hashtag_id bigint references hashtags,
  user_id uuid references users on delete cascade
);
create unique index user_follows_hashtag_user_id_hashtag_id_index
  on user_follows_hashtag (user_id, hashtag_id);

create table user_frontend_setting_profiles (
  user_id uuid not null references users on delete cascade,
  frontend_name varchar(255) not null,
  profile_name varchar(255) not null,
  version integer,
  settings jsonb,
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null,
  primary key (user_id, frontend_name, profile_name)
);
create index user_frontend_setting_profiles_user_id_frontend_name_index
  on user_frontend_setting_profiles (user_id, frontend_name);

create index activities_create_objects_index on activities (coalesce(data->'object'->>'id', data->>'object'));
create index activities_hosts on activities (split_part(actor, '/', 3));

create table report_notes (
  id bigserial primary key,
  user_id uuid references users,
  activity_id uuid references activities on delete cascade,
  content varchar(255),
  inserted_at timestamp(0) not null,
  updated_at timestamp(0) not null
);
create index report_notes_activity_id_index on report_notes (activity_id);

alter table instances
  add column nodeinfo jsonb default '{}';

-- May the reader see this activity and everything it answers? A parent that is not here hides nothing.
create function thread_visibility(actor varchar, activity_id varchar, local_public varchar default '') returns boolean
language sql stable as $$
  with recursive thread as (
    select a.actor, a.recipients, o.data->>'inReplyTo' as parent
    from public.activities as a
    left join public.objects as o on o.data->>'id' = coalesce(a.data->'object'->>'id', a.data->>'object')
    where a.data->>'id' = activity_id
    union
    select a.actor, a.recipients, o.data->>'inReplyTo'
    from thread
    join public.activities as a on coalesce(a.data->'object'->>'id', a.data->>'object') = thread.parent and a.data->>'type' = 'Create'
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

-- The planner's estimate: counting a million remote users takes too long for a statistics page.
create function estimate_remote_user_count() returns integer language plpgsql volatile as $$
declare
  plan json;
begin
  execute 'explain (format json) select from public.users where is_active and not local and not invisible' into plan;
  return (plan->0->'Plan'->>'Plan Rows')::integer;
end $$;

-- The first and the newest of 326 migrations: the newest tells the version.
insert into schema_migrations (version, inserted_at) values
  (20170320193800, now() at time zone 'UTC'),
  (20240625213637, now() at time zone 'UTC'),
  (20250112000000, now() at time zone 'UTC'),
  (20250302113138, now() at time zone 'UTC'),
  (20250806000000, now() at time zone 'UTC');
