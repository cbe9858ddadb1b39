import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

let admin: Client;
beforeEach(async () => {
  admin = await world.asAdmin();
});
const document =
  'mutation ($input: InstanceDeactivateUsersInput!) { instanceDeactivateUsers(input: $input) { count previewToken sample { nickname isActive } errors { code path message } } }';
interface Answer {
  readonly instanceDeactivateUsers: {
    readonly count: number | null;
    readonly previewToken: string | null;
    readonly sample: { nickname: string; isActive: boolean }[] | null;
    readonly errors: { code: string; path: string[]; message: string }[];
  };
}
const ask = async (input: object): Promise<Answer['instanceDeactivateUsers']> =>
  (await admin.data<Answer>(document, { input })).instanceDeactivateUsers;
const inactive = async (): Promise<unknown[]> =>
  (await world.rows('users', 'not is_active')).map(({ nickname }) => nickname).sort();
const neighbours = [
  'x@a.co',
  'y@A.CO',
  'x@a.com',
  'x@xa.co',
  'x@sub.a.co',
  'x@a.co.uk',
  'x@a-co',
  'a.co'.replace('.', ''),
];

describe('exact hosts', () => {
  it('takes the host as a whole, whatever its case, and hosts below it only when asked', async () => {
    for (const nickname of neighbours) await world.user({ nickname });
    expect(await ask({ instance: 'A.co' })).toMatchObject({ count: 2, errors: [] });
    expect(await inactive()).toEqual(['x@a.co', 'y@A.CO']);
    expect(await ask({ instance: 'a.co', subdomains: true })).toMatchObject({
      count: 1,
      sample: [{ nickname: 'x@sub.a.co', isActive: false }],
    });
  });

  it.each([
    '',
    ' ',
    '%',
    '_',
    'a_co%',
    '%.co',
    'x@a.co',
    'https://a.co/@x',
    'a.co/',
    "a.co' or true --",
    'home.example',
    'HOME.example',
    '*',
  ])('refuses "%s"', async (instance) => {
    for (const nickname of neighbours) await world.user({ nickname });
    expect((await world.expectUnchanged(() => ask({ instance }))).errors).toMatchObject([
      { code: 'INVALID', path: ['instance'] },
    ]);
    const { exit, stdout } = await world.expectUnchanged(() =>
      shell(world, ['user', 'deactivate_all_from_instance', instance]),
    );
    expect([exit, stdout]).toEqual([2, '']);
  });

  it('refuses everything below a top-level domain, or above the own host', async () => {
    for (const instance of ['com', 'example'])
      expect(
        (await world.expectUnchanged(() => ask({ instance, subdomains: true }))).errors,
      ).toMatchObject([{ code: 'INVALID' }]);
  });

  it('never touches an account whose host is another, whatever is asked for', async () => {
    for (const nickname of neighbours) await world.user({ nickname });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom('a', 'co', '.co', 'a.c', 'a?co', 'a.co%', 'sub.a')),
        async (instance) => {
          fc.pre(
            !['a.co', 'a.com', 'xa.co', 'sub.a.co', 'a.co.uk', 'a-co'].includes(
              instance.trim().toLowerCase(),
            ),
          );
          await ask({ instance }).catch(() => undefined);
          expect(await inactive()).toEqual([]);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('preview', () => {
  const populate = async (count: number): Promise<void> => {
    for (let made = 0; made < count; made += 1)
      await world.user({ nickname: `u${String(made)}@many.example` });
  };

  it('says who it would be and writes nothing', async () => {
    await populate(3);
    const answer = await world.expectUnchanged(() =>
      ask({ instance: 'many.example', dryRun: true }),
    );
    expect(answer).toMatchObject({
      count: 3,
      sample: [
        { nickname: 'u0@many.example', isActive: true },
        { nickname: 'u1@many.example' },
        { nickname: 'u2@many.example' },
      ],
      errors: [],
    });
    const { stdout } = await world.expectUnchanged(() =>
      shell(world, ['user', 'deactivate_all_from_instance', 'many.example', '--dry-run']),
    );
    expect(stdout).toBe(
      '3 accounts would be deactivated.\n  u0@many.example\n  u1@many.example\n  u2@many.example\n',
    );
  });

  it('is needed for more than 25 accounts, and stands for exactly these', async () => {
    await populate(26);
    expect(
      (await world.expectUnchanged(() => ask({ instance: 'many.example' }))).errors,
    ).toMatchObject([
      {
        code: 'CONFLICT',
        path: ['previewToken'],
        message: 'This would change 26 accounts. More than 25 need the previewToken of a dry run.',
      },
    ]);
    const { previewToken } = await ask({ instance: 'many.example', dryRun: true });
    await world.user({ nickname: 'late@many.example' });
    expect(
      (await world.expectUnchanged(() => ask({ instance: 'many.example', previewToken }))).errors,
    ).toMatchObject([{ code: 'CONFLICT', path: ['previewToken'] }]);
    const again = await ask({ instance: 'many.example', dryRun: true });
    expect(again.previewToken).not.toBe(previewToken);
    expect(await ask({ instance: 'many.example', previewToken: again.previewToken })).toMatchObject(
      { count: 27, errors: [] },
    );
    expect(await inactive()).toHaveLength(27);
    const [{ data } = {}] = await world.rows('moderation_log');
    expect(data).toMatchObject({
      action: 'deactivate',
      steward_action: 'unsubscribe',
      steward_details: { instance: 'many.example', subdomains: false, total: 27 },
    });
  });

  it('is not asked for at the shell', async () => {
    await populate(26);
    const { stdout, exit } = await shell(world, [
      'user',
      'deactivate_all_from_instance',
      'many.example',
    ]);
    expect([exit, stdout.split('\n').length]).toEqual([0, 27]);
    expect(await world.rows('moderation_log')).toEqual([]);
  });
});

it('says which were deactivated before, and leaves those as they are', async () => {
  const [alice, rob] = [
    await world.user({ nickname: 'alice' }),
    await world.user({ nickname: 'rob@a.co', isActive: false }),
  ];
  await world.follow(alice, rob);
  const { stdout } = await world.expectUnchanged(() =>
    shell(world, ['user', 'deactivate_all_from_instance', 'a.co']),
  );
  expect(stdout).toBe('User rob@a.co already deactivated\n');
  expect((await shell(world, ['user', 'unsubscribe_all_from_instance', 'a.co'])).stdout).toBe(
    'Deactivating rob@a.co\nUnsubscribing alice from rob@a.co\nSuccessfully unsubscribed all followers from rob@a.co\n',
  );
  expect(await world.rows('following_relationships')).toEqual([]);
});

it('is for admins', async () => {
  await world.user({ nickname: 'x@a.co' });
  const moderator = world.as(
    await world.token(await world.user({ nickname: 'mod', isModerator: true })),
  );
  const { errors } = await world.expectUnchanged(() =>
    moderator.graphql(document, { input: { instance: 'a.co' } }),
  );
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', requiredRole: 'admin' } }]);
});
