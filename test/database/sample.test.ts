import { readFile } from 'node:fs/promises';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPGlite } from '../../src/database/embedded/pglite.js';
import { buildSample } from '../../src/database/embedded/sample/build.js';
import { insertSample } from '../../src/database/embedded/sample/insert.js';
import { generateSigningKeys } from '../../src/database/embedded/sample/signing-keys.js';
import { decodeTerm } from '../../src/erlang/decode.js';
import { atom, boolean, text, tuple } from '../../src/erlang/term.js';

const options = { baseUrl: 'https://sample.example', now: new Date('2026-03-14T15:09:26.535Z') };

/** The addresses that make a post count in note_count. */
const listed = `'https://www.w3.org/ns/activitystreams#Public', 'https://sample.example/#Public'`;

let pglite: PGlite;

async function rows<T>(sql: string): Promise<T[]> {
  return (await pglite.query<T>(sql)).rows;
}

/** How many rows of each `kind` the query has. */
async function counts(sql: string): Promise<Record<string, number>> {
  const found = await rows<{ kind: string; n: number }>(
    `select kind, count(*)::int as n from (${sql}) as kinds group by kind`,
  );
  return Object.fromEntries(found.map(({ kind, n }) => [kind, n]));
}

beforeAll(async () => {
  pglite = await createPGlite();
  for (const file of ['common', 'akkoma'])
    await pglite.exec(await readFile(`prisma/embedded/${file}.sql`, 'utf8'));
  await insertSample(pglite, options, () =>
    Promise.resolve({ publicKey: 'public\n', privateKey: 'private\n' }),
  );
}, 60_000);
afterAll(() => pglite.close());

describe('the sample instance has', () => {
  it('people of every sort', async () => {
    expect(
      await counts(`
      select unnest(array_remove(array[
        case when local then 'local' else 'remote' end, case when is_admin then 'admin' end, case when is_moderator then 'moderator' end,
        case when not is_active then 'deactivated' end, case when not is_confirmed then 'unconfirmed' end,
        case when not is_approved then 'unapproved' end, case when is_locked then 'locked' end,
        case when is_suggested then 'suggested' end, case when invisible then 'invisible' end, actor_type
      ], null)) as kind from users`),
    ).toEqual({
      local: 48,
      remote: 24,
      admin: 2,
      moderator: 2,
      deactivated: 2,
      unconfirmed: 2,
      unapproved: 3,
      locked: 2,
      suggested: 4,
      invisible: 2,
      Person: 67,
      Service: 2,
      Application: 3,
    });
    expect(await counts(`select unnest(tags) as kind from users`)).toEqual({
      'mrf_tag:force-unlisted': 1,
      'mrf_tag:media-force-nsfw': 1,
      'mrf_tag:media-strip': 1,
      'mrf_tag:sandbox': 2,
      'needs-watching': 1,
    });
    expect(
      await counts(`select split_part(nickname, '@', 2) as kind from users where not local`),
    ).toEqual({
      'books.example': 3,
      'fedi.example': 4,
      'mastodon.example': 5,
      'pixels.example': 3,
      'press.example': 2,
      'quiet.example': 2,
      'relay.example': 1,
      'wetlands.example': 4,
    });
  });

  it('posts, reactions, follows and reports', async () => {
    expect(await counts(`select data->>'type' as kind from activities`)).toEqual({
      Create: 152,
      Like: 160,
      Announce: 69,
      Follow: 293,
      Accept: 280,
      Reject: 1,
      Flag: 12,
    });
    expect(
      await counts(
        `select activity_visibility(actor, recipients, data) as kind from activities where data->>'type' = 'Create'`,
      ),
    ).toEqual({ public: 131, unlisted: 8, private: 5, direct: 8 });
    expect(await counts(`select data->>'type' as kind from objects`)).toEqual({
      Note: 150,
      Question: 2,
      Document: 12,
    });
    expect(
      await counts(`select data->>'state' as kind from activities where data->>'type' = 'Flag'`),
    ).toEqual({ open: 5, closed: 3, resolved: 4 });
    expect(await counts(`select state::text as kind from following_relationships`)).toEqual({
      1: 12,
      2: 281,
      3: 1,
    });
    expect(await counts(`select type::text as kind from notifications`)).toEqual({
      follow: 7,
      follow_request: 1,
      mention: 10,
      favourite: 13,
      reblog: 7,
      'pleroma:report': 20,
    });
  });

  it('invites, settings and a log', async () => {
    expect(
      await counts(`
      select invite_type || case when used then ' used' when expires_at < '2026-03-14' then ' expired' else '' end as kind
      from user_invite_tokens`),
    ).toEqual({
      one_time: 1,
      'one_time used': 1,
      reusable: 1,
      date_limited: 1,
      'date_limited expired': 1,
      reusable_date_limited: 1,
    });
    expect(
      await counts(`
      select 'apps' as kind from apps union all select 'config' from config union all select 'instances' from instances
      union all select 'notes' from report_notes union all select 'log' from moderation_log union all select 'hashtags' from hashtags
      union all select 'keys' from signing_keys union all select 'tokens' from oauth_tokens`),
    ).toEqual({ apps: 1, config: 7, instances: 8, notes: 8, log: 49, hashtags: 38, keys: 48 });
  });
});

describe('the sample instance is sound:', () => {
  it('its counters agree with its rows', async () => {
    expect(
      await rows(`
      with counted as (
        select r.follower_id, r.following_id, a.is_active and a.nickname not like 'internal.%' as counts_follower,
          b.is_active and b.nickname not like 'internal.%' as counts_followed
        from following_relationships r join users a on a.id = r.follower_id join users b on b.id = r.following_id where r.state = 2
      )
      select nickname from users u where local and (
        follower_count <> (select count(*) from counted where following_id = u.id and counts_follower)
        or following_count <> (select count(*) from counted where follower_id = u.id and counts_followed))`),
    ).toEqual([]);
    expect(
      await rows(`
      with posts as (
        select data->>'actor' as actor, data->>'published' as published from objects
        where (data->'to' || (data->'cc')) ?| array[${listed}]
      )
      select nickname from users u where note_count <> (select count(*) from posts where actor = ap_id)
        or last_status_at is distinct from (select date_trunc('second', max(published)::timestamp) from posts where actor = ap_id)`),
    ).toEqual([]);
    expect(
      await rows(`
      select data->>'id' from objects o where data->>'type' <> 'Document' and (
        coalesce((data->>'like_count')::int, 0) <>
          (select count(*) from activities where data->>'type' = 'Like' and data->>'object' = o.data->>'id')
        or coalesce((data->>'announcement_count')::int, 0) <>
          (select count(*) from activities where data->>'type' = 'Announce' and data->>'object' = o.data->>'id')
        or coalesce((data->>'repliesCount')::int, 0) <>
          (select count(*) from objects r where r.data->>'inReplyTo' = o.data->>'id'
            and (r.data->'to' || (r.data->'cc')) ?| array[${listed}]))`),
    ).toEqual([]);
  });

  it.each(['users', 'activities'])('the flake ids of %s tell their time', async (table) => {
    expect(
      await rows(`
      select id from ${table}
      where ('x' || left(translate(id::text, '-', ''), 16))::bit(64)::bigint / 1000 <> extract(epoch from inserted_at)`),
    ).toEqual([]);
    expect(
      await rows(`
      select id from (select id, inserted_at, lag(inserted_at) over (order by id) as earlier from ${table}) as pairs
      where earlier > inserted_at or inserted_at > '2026-03-14T15:09:26'`),
    ).toEqual([]);
  });

  it('nobody acts before joining, and nothing points nowhere', async () => {
    expect(
      await rows(`
      select a.data from activities a left join users u on u.ap_id = a.actor
      where u.id is null or u.inserted_at > a.inserted_at`),
    ).toEqual([]);
    expect(
      await rows(`
      select a.data from activities a left join objects o on o.data->>'id' = a.data->>'object'
      where a.data->>'type' in ('Create', 'Like', 'Announce') and o.id is null`),
    ).toEqual([]);
    expect(
      await rows(`
      select a.data from activities a left join activities f on f.data->>'id' = a.data->>'object'
      where a.data->>'type' in ('Accept', 'Reject') and f.data->>'type' is distinct from 'Follow'`),
    ).toEqual([]);
  });

  it('nobody can sign in, and whoever waits has a reason', async () => {
    expect(
      await rows(`
      select nickname from users where password_hash is not null or is_confirmed <> (confirmation_token is null)
        or is_approved <> (registration_reason is null)`),
    ).toEqual([]);
  });

  it('open reports hold snapshots and stubs, the others ids', async () => {
    const entries = `from activities, jsonb_array_elements(data->'object') with ordinality as e (entry, position)
      where data->>'type' = 'Flag'`;
    expect(
      await counts(`
      select concat_ws(' ', case data->>'state' when 'open' then 'open' else 'done' end,
        case when jsonb_typeof(entry) = 'string' then 'id' when entry ? 'deleted' then 'stub' else 'snapshot' end) as kind
      ${entries} and position > 1`),
    ).toEqual({ 'open snapshot': 6, 'open stub': 1, 'done id': 9 });
    expect(
      await rows(
        `select entry ${entries} and position = 1 and not exists (select from users where ap_id = entry #>> '{}')`,
      ),
    ).toEqual([]);
    expect(
      await rows(`
      select entry ${entries} and entry->>'type' = 'Note' and not exists (select from activities c where c.data->>'id' = entry->>'id')`),
    ).toEqual([]);
  });

  it('the sequences go on where the sample ends', async () => {
    const [added] = await rows<{ id: number; rows: number }>(`
      insert into objects (data, inserted_at, updated_at) values ('{}', timezone('UTC', now()), timezone('UTC', now()))
      returning id, (select count(*) from objects) as rows`);
    expect(added?.id).toBe((added?.rows ?? 0) + 1);
    await pglite.query('delete from objects where id = $1', [added?.id]);
  });

  it('the settings are terms', async () => {
    const stored = await rows<{ key: string; value: Uint8Array }>(
      'select key, value from config order by id',
    );
    const items = (key: string) => {
      const value = stored.find((row) => row.key === key)?.value;
      const term = value && decodeTerm(value);
      return term && 'items' in term ? term.items : [];
    };
    expect(stored.map(({ key }) => key)).toEqual([
      ':instance',
      ':mrf',
      ':mrf_simple',
      ':mrf_hellthread',
      ':rate_limit',
      'Pleroma.Emails.Mailer',
      ':types',
    ]);
    expect(items(':instance')).toContainEqual(tuple(atom('name'), text('Steward Sample')));
    expect(items(':instance')).toContainEqual(tuple(atom('registrations_open'), boolean(false)));
    expect(items(':instance')).toContainEqual(tuple(atom('invites_enabled'), boolean(true)));
  });
});

/**
 * Every action the instance can show in its log, with its sentence
 * (docs/instance/moderation.md#actions-and-sentences).
 */
const names = '@[\\w.@-]+(, @[\\w.@-]+)*';
const sentences: Record<string, string> = {
  follow: `made ${names} follow ${names}`,
  unfollow: `made ${names} unfollow ${names}`,
  delete: `deleted users: ${names}`,
  create: `created users: ${names}`,
  activate: `activated users: ${names}`,
  deactivate: `deactivated users: ${names}`,
  approve: `approved users: ${names}`,
  add_suggestion: `added suggested users: ${names}`,
  remove_suggestion: `removed suggested users: ${names}`,
  tag: `added tags: [\\w:, -]+ to users: ${names}`,
  untag: `removed tags: [\\w:, -]+ from users: ${names}`,
  grant: `made ${names} (admin|moderator)`,
  revoke: `revoked (admin|moderator) role from ${names}`,
  force_password_reset: `forced password reset for users: ${names}`,
  confirm_email: `confirmed email for users: ${names}`,
  resend_confirmation_email: `re-sent confirmation email for users: ${names}`,
  updated_users: `updated users: ${names}`,
  create_backup: `requested account backup for ${names}`,
  relay_follow: 'followed relay: https://\\S+',
  relay_unfollow: 'unfollowed relay: https://\\S+',
  report_update: `updated report #\\w{18} \\(on user ${names}\\) with '(open|closed|resolved)' state`,
  report_note: `added note '.+' to report #\\w{18} on user ${names}`,
  report_note_delete: `deleted note '.+' from report #\\w{18} on user ${names}`,
  status_update: `updated status #\\w{18}, set (sensitive: '(true|false)'|visibility: '\\w+')`,
  status_delete: 'deleted status #\\w{18}',
};

describe('the moderation log of the sample', () => {
  it('knows no action the instance does not know, and uses its sentences', async () => {
    const log = await rows<{ action: string; nickname: string; message: string }>(
      `select data->>'action' as action, data->'actor'->>'nickname' as nickname, data->>'message' as message from moderation_log`,
    );
    for (const { action, nickname, message } of log) {
      expect(Object.keys(sentences)).toContain(action);
      expect(message).toMatch(new RegExp(`^@${nickname} ${sentences[action]}$`));
    }
  });

  it('runs forward, over sixty days, by staff', async () => {
    expect(
      await rows(`
      select id from (select id, inserted_at, lag(inserted_at) over (order by id) as earlier from moderation_log) as pairs
      where earlier > inserted_at`),
    ).toEqual([]);
    const [span] = await rows<{ days: number }>(
      `select extract(day from max(inserted_at) - min(inserted_at))::int as days from moderation_log`,
    );
    expect(span).toEqual({ days: 57 });
    expect(await counts(`select data->'actor'->>'nickname' as kind from moderation_log`)).toEqual({
      mira: 15,
      jonas: 11,
      tamsin: 13,
      rafael: 10,
    });
  });
});

describe('building the sample', () => {
  it('gives the same rows for the same moment', () => {
    expect(buildSample(options)).toEqual(buildSample(options));
  });

  it('gives other ids at another moment', () => {
    const ids = (now: Date): string[] =>
      buildSample({ ...options, now }).people.map((person) => person.id);
    const later = new Set(ids(new Date('2026-03-15')));
    expect(ids(options.now).filter((id) => later.has(id))).toEqual([]);
  });

  it('makes signing keys as the instance does', async () => {
    const { publicKey, privateKey } = await generateSigningKeys();
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n$/);
    expect(privateKey).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
    expect(
      await rows(
        `select * from signing_keys where public_key <> E'public\\n\\n' or private_key <> 'private'`,
      ),
    ).toEqual([]);
    expect(
      await rows(
        `select nickname from users where local <> exists (select from signing_keys where user_id = users.id)`,
      ),
    ).toEqual([]);
  });
});
