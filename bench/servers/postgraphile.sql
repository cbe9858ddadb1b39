-- What the bench database shows PostGraphile: views with smart tags, and a function for the mutation. Runs before each start.
drop schema if exists peer cascade;
create schema peer;

create view peer.users as
  select id, ap_id, nickname, coalesce(name, nickname) as display_name, email, local as is_local, is_active, is_admin, is_moderator, tags,
    to_char(inserted_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
  from public.users where not invisible and nickname is not null and nickname not like 'internal.%';
comment on view peer.users is E'@primaryKey id\n@unique nickname\n@unique ap_id';

create view peer.statuses as
  select a.id, a.data->>'id' as ap_id, a.actor as account_ap_id, o.data->>'content' as content,
    to_char((o.data->>'published')::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
  from public.activities a join public.objects o on o.data->>'id' = a.data->>'object';
comment on view peer.statuses is E'@primaryKey id\n@unique ap_id\n@foreignKey (account_ap_id) references peer.users (ap_id)|@fieldName account\n@behavior -query:resource:*';

create view peer.reports as
  select id, upper(data->>'state') as state, data->>'content' as content, data->'object'->>0 as account_ap_id, actor as actor_ap_id,
    to_char((data->>'published')::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at
  from public.activities where data->>'type' = 'Flag';
comment on view peer.reports is E'@primaryKey id\n@foreignKey (account_ap_id) references peer.users (ap_id)|@fieldName account\n@foreignKey (actor_ap_id) references peer.users (ap_id)|@fieldName actor';

create view peer.reported_statuses as
  select a.id as report_id, entry.place, coalesce(entry.value->>'id', entry.value#>>'{}') as status_ap_id
  from public.activities a cross join lateral jsonb_array_elements(a.data->'object') with ordinality as entry(value, place)
  where a.data->>'type' = 'Flag' and entry.place > 1;
comment on view peer.reported_statuses is E'@primaryKey report_id,place\n@foreignKey (report_id) references peer.reports (id)|@foreignSimpleFieldName statuses|@behavior -manyRelation:resource:connection +manyRelation:resource:list\n@foreignKey (status_ap_id) references peer.statuses (ap_id)|@fieldName status';

create function peer.tag_users(actor_id uuid, actor_flake text, actor_nickname text, nicknames text[], added text[]) returns setof peer.users language plpgsql volatile as $$
begin
  perform from public.users where nickname = any(nicknames::citext[]) order by id for update;
  update public.users set tags = tags || array(select tag from unnest(added::varchar[]) tag where tag <> all (tags)), updated_at = timezone('UTC', now()) where nickname = any(nicknames::citext[]);
  insert into public.moderation_log (data, inserted_at, updated_at) values (
    jsonb_build_object('actor', jsonb_build_object('id', actor_flake, 'nickname', actor_nickname, 'type', 'user'), 'action', 'tag', 'nicknames', nicknames, 'tags', added, 'message',
      '@' || actor_nickname || ' added tags: ' || array_to_string(added, ', ') || ' to users: @' || array_to_string(nicknames, ', @')),
    timezone('UTC', now()), timezone('UTC', now()));
  return query select u.* from peer.users u where u.nickname = any(nicknames::citext[]) order by array_position(nicknames, u.nickname::text);
end $$;
comment on function peer.tag_users is E'@behavior -mutation:resource:*';
