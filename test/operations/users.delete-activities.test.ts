import { beforeEach, describe, expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { userDeleteActivities } from '../../src/resolvers/users/delete-activities.js';
import type { TestUser } from '../support/maker.js';
import { everybody, makePosts } from '../support/posts.js';
import { baseUrl, useWorld } from '../support/world.js';

const world = useWorld();
const posts = makePosts(world);
type Data = Record<string, unknown>;

let alice: TestUser;
let bob: TestUser;
beforeEach(async () => {
  [alice, bob] = [await world.user({ nickname: 'alice' }), await world.user({ nickname: 'bob' })];
});

const operator = () => createContext(world.source, { kind: 'operator' });
const remove = (user: TestUser = alice) => userDeleteActivities(operator(), { user });
const dataOf = async (table: string, where = 'true'): Promise<Data[]> =>
  (await world.rows(table, where)).map(({ data }) => data as Data);
const kinds = async (): Promise<string[]> =>
  (await dataOf('activities'))
    .map(({ type, actor }) => `${String(type)} by ${String(actor).split('/').at(-1) ?? ''}`)
    .sort();

describe('userDeleteActivities', () => {
  it('makes tombstones of statuses, undoes likes and boosts, and leaves everything else', async () => {
    const parent = await posts.status(bob, {
      object: {
        repliesCount: 1,
        likes: [alice.apId, 'https://far.example/users/x'],
        like_count: 2,
        announcements: [alice.apId],
        announcement_count: 1,
      },
    });
    const status = await posts.status(alice, {
      hashtags: ['tag'],
      object: { inReplyTo: parent.apId },
    });
    await posts.act(bob, 'Like', status.apId);
    const like = await posts.act(alice, 'Like', parent.apId, { to: [bob.apId], cc: [everybody] });
    await posts.act(alice, 'Announce', parent.apId);
    for (const type of ['Follow', 'EmojiReact', 'Block', 'Flag', 'Update', 'Delete'])
      await posts.act(alice, type, bob.apId);
    const [undone] = await dataOf('activities', `id = '${like}'`);

    expect(await remove()).toMatchObject({ statuses: 1, reactions: 2, remaining: 0 });
    expect(await dataOf('objects', `id = ${String(status.objectId)}`)).toEqual([
      {
        id: status.apId,
        type: 'Tombstone',
        formerType: 'Note',
        deleted: expect.stringMatching(/Z$/) as string,
      },
    ]);
    expect(await dataOf('objects', `id = ${String(parent.objectId)}`)).toMatchObject([
      {
        repliesCount: 0,
        likes: ['https://far.example/users/x'],
        like_count: 1,
        announcements: [],
        announcement_count: 0,
        content: 'words',
      },
    ]);
    expect(await kinds()).toEqual([
      'Block by alice',
      'Create by bob',
      'Delete by alice',
      'Delete by alice',
      'EmojiReact by alice',
      'Flag by alice',
      'Follow by alice',
      'Undo by alice',
      'Undo by alice',
      'Update by alice',
    ]);
    const undos = await world.rows(
      'activities',
      `data->>'type' = 'Undo' and data->>'object' = '${String(undone?.['id'])}'`,
    );
    expect(undos).toMatchObject([
      { local: true, actor: alice.apId, recipients: [bob.apId, everybody] },
    ]);
    expect(undos[0]?.['data']).toEqual({
      id: expect.stringContaining(`${baseUrl}/activities/`) as string,
      type: 'Undo',
      actor: alice.apId,
      object: undone?.['id'],
      to: [bob.apId],
      cc: [everybody],
      bto: [],
      bcc: [],
    });
    expect(await world.rows('hashtags')).toEqual([]);
    expect((await world.rows('users', `nickname = 'alice'`))[0]).toMatchObject({ note_count: 0 });
    const jobs = (await world.rows('oban_jobs', `worker = 'Pleroma.Workers.PublisherWorker'`)).map(
      ({ priority, args }) => [priority, (args as Data)['object_data']],
    );
    expect(jobs).toHaveLength(3);
    if (world.family === 'akkoma') {
      expect(jobs.filter(([priority]) => priority === 3)).toEqual([[3, null]]);
      expect(
        jobs.map(([, object]) =>
          typeof object === 'string' ? (JSON.parse(object) as Data) : null,
        ),
      ).toContainEqual(undone);
    }
  });

  it('takes a thread of its own, an activity twice, and an object that was pruned', async () => {
    const first = await posts.status(alice);
    await posts.status(alice, { object: { inReplyTo: first.apId } });
    await posts.act(alice, 'Create', first.apId);
    await posts.act(alice, 'Like', first.apId);
    await posts.act(alice, 'Create', `${baseUrl}/objects/pruned`);
    expect(await remove()).toMatchObject({ statuses: 3, reactions: 0 });
    expect(await kinds()).toEqual(['Delete by alice', 'Delete by alice', 'Delete by alice']);
    expect((await dataOf('objects')).map(({ type }) => type)).toEqual([
      'Tombstone',
      'Tombstone',
      'Tombstone',
    ]);
  });

  it('goes on after the batches that are done, and writes one log row each time it is called by a mutation', async () => {
    for (let count = 0; count < 7; count += 1) await posts.status(alice);
    const admin = await world.asAdmin();
    const ask = (input: object) =>
      admin.data(
        'mutation ($input: UserDeleteActivitiesInput!) { userDeleteActivities(input: $input) { statusesCount reactionsCount remainingCount errors { code message } } }',
        { input: { user: { nickname: 'alice' }, ...input } },
      );
    expect(await world.expectUnchanged(() => ask({ dryRun: true }))).toEqual({
      userDeleteActivities: { statusesCount: 7, reactionsCount: 0, remainingCount: 7, errors: [] },
    });
    expect(await ask({ limit: 5 })).toEqual({
      userDeleteActivities: { statusesCount: 5, reactionsCount: 0, remainingCount: 2, errors: [] },
    });
    expect(await ask({})).toEqual({
      userDeleteActivities: { statusesCount: 2, reactionsCount: 0, remainingCount: 0, errors: [] },
    });
    expect(
      (await dataOf('moderation_log')).map(({ action, message, steward_action }) => [
        action,
        message,
        steward_action,
      ]),
    ).toEqual([
      ['updated_users', '@admin updated users: @alice', 'delete_activities'],
      ['updated_users', '@admin updated users: @alice', 'delete_activities'],
    ]);
    expect(
      (await dataOf('activities')).every(
        ({ type, actor }) => type === 'Delete' && actor === alice.apId,
      ),
    ).toBe(true);
  });

  it('calls back after every batch', async () => {
    for (let count = 0; count < 120; count += 1)
      await posts.act(alice, 'Create', `${baseUrl}/objects/${String(count)}`);
    const seen: [number, number][] = [];
    await userDeleteActivities(operator(), {
      user: alice,
      onProgress: (done, total) => void seen.push([done, total]),
    });
    expect(seen).toEqual([
      [50, 120],
      [100, 120],
      [120, 120],
    ]);
  });

  it('refuses remote accounts, unknown ones, moderators, and a limit below 1, and changes nothing', async () => {
    await world.user({ nickname: 'rob@remote.example' });
    const moderator = world.as(
      await world.token(await world.user({ nickname: 'mod', isModerator: true })),
    );
    const document =
      'mutation ($input: UserDeleteActivitiesInput!) { userDeleteActivities(input: $input) { errors { code path } } }';
    const input = { user: { nickname: 'alice' } };
    const admin = await world.asAdmin();
    await world.expectUnchanged(async () => {
      for (const nickname of ['rob@remote.example', 'nobody'])
        expect(await admin.data(document, { input: { user: { nickname } } })).toMatchObject({
          userDeleteActivities: { errors: [{ code: 'NOT_FOUND' }] },
        });
      expect(await admin.data(document, { input: { ...input, limit: 0 } })).toMatchObject({
        userDeleteActivities: { errors: [{ code: 'INVALID', path: ['limit'] }] },
      });
      expect((await moderator.graphql(document, { input })).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    });
  });
});
