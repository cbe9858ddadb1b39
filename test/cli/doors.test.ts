import { beforeEach, expect, it } from 'vitest';
import { makePosts } from '../support/posts.js';
import { changesOf } from '../support/changes.js';
import { shell } from '../support/shell.js';
import { breakFollow, makeTown, usedInvite } from '../support/town.js';
import { useWorld, type World } from '../support/world.js';

const atShell = useWorld();
const atApi = useWorld();
const doors = [atShell, atApi];

async function prepare(world: World): Promise<void> {
  await makeTown(world);
  const posts = makePosts(world);
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map(async (nickname) => {
      const { id, apId } = await world.database.prisma.user.findUniqueOrThrow({
        where: { nickname },
        select: { id: true, apId: true },
      });
      return { id, apId, nickname, databaseId: '' };
    }),
  );
  if (!alice || !bob) throw new Error('there are two');
  await posts.status(alice, { hashtags: ['tag'] });
  const other = await posts.status(bob, { object: { likes: [alice.apId], like_count: 1 } });
  await posts.act(alice, 'Like', other.apId);
}
beforeEach(async () => {
  for (const world of doors) await prepare(world);
});

const named = (nickname: string) => ({ nickname });
const one = (nickname: string) => ({ user: named(nickname) });
const many = (nickname: string) => ({ users: [named(nickname)] });

/** Every task, and the mutation that does the same. */
const tasks: readonly (readonly [words: string, mutation: string, input: object])[] = [
  [
    'new newbie newbie@example.org --name New --bio hello --password secret -y',
    'usersCreate',
    {
      users: [
        {
          nickname: 'newbie',
          email: 'newbie@example.org',
          name: 'New',
          bio: 'hello',
          password: 'secret',
        },
      ],
    },
  ],
  [
    'invite --max-use 3 --expires-at 2999-01-31',
    'inviteCreate',
    { maxUse: 3, expiresAt: '2999-01-31' },
  ],
  [`revoke_invite ${usedInvite}`, 'inviteRevoke', { invite: { token: usedInvite } }],
  ['activate dave', 'usersActivate', many('dave')],
  ['deactivate alice', 'usersUnsubscribe', many('alice')],
  [
    'unsubscribe rob@remote.example',
    'usersUnsubscribe',
    { ...many('rob@remote.example'), remoteFollows: true },
  ],
  ['toggle_activated mallory', 'userToggleActivation', one('mallory')],
  [
    'deactivate_all_from_instance remote.example',
    'instanceDeactivateUsers',
    { instance: 'remote.example' },
  ],
  [
    'unsubscribe_all_from_instance remote.example',
    'instanceDeactivateUsers',
    { instance: 'remote.example', remoteFollows: true },
  ],
  ['delete_instance remote.example', 'instanceDelete', { instance: 'remote.example' }],
  ['sign_out mallory', 'usersSignOut', many('mallory')],
  ['reset_password alice', 'userCreatePasswordResetLink', one('alice')],
  ['reset_mfa alice', 'userResetMfa', one('alice')],
  [
    'set alice --admin --no-confirmed --locked --moderator',
    'userUpdateFlags',
    { ...one('alice'), isAdmin: true, isConfirmed: false, isLocked: true, isModerator: true },
  ],
  ['set grace --confirmed', 'userUpdateFlags', { ...one('grace'), isConfirmed: true }],
  ['tag alice One two', 'usersTag', { ...many('alice'), tags: ['One', 'two'] }],
  [
    'untag erin mrf_tag:media-strip',
    'usersUntag',
    { ...many('erin'), tags: ['mrf_tag:media-strip'] },
  ],
  ['confirm grace', 'usersConfirmEmail', many('grace')],
  ['toggle_confirmed bob', 'userToggleConfirmed', one('bob')],
  ['toggle_confirmed grace', 'userToggleConfirmed', one('grace')],
  ['confirm_all', 'usersConfirmAll', {}],
  ['unconfirm_all', 'usersUnconfirmAll', {}],
  ['send_confirmation grace', 'usersResendConfirmationEmail', many('grace')],
  ['delete_activities alice', 'userDeleteActivities', one('alice')],
];

/** Nothing, or how the running instance notices it. */
const effectLine = /^((QUEUED|NEEDS_\w+)( \(oban_jobs [\d, …]+\))?: .*\n)?$/;
const document = (mutation: string): string =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { errors { message } } }`;

async function viaApi(mutation: string, input: object): Promise<string[]> {
  const admin = await atApi.asAdmin();
  const { result, changes } = await changesOf(atApi, () =>
    admin.data(document(mutation), { input }),
  );
  expect(result).toEqual({ [mutation]: { errors: [] } });
  return changes;
}

it.each(tasks)(
  'user %s and %s leave the same rows; the log has one row more by GraphQL',
  async (words, mutation, input) => {
    const { result, changes } = await changesOf(atShell, () =>
      shell(atShell, ['user', ...words.split(' ')]),
    );
    expect(result.stderr).toMatch(effectLine);
    const logged = ['inviteCreate', 'inviteRevoke'].includes(mutation)
      ? []
      : ['insert moderation_log'];
    expect(await viaApi(mutation, input)).toEqual([...changes, ...logged].sort());
    expect(changes.length).toBeGreaterThan(mutation === 'inviteRevoke' ? -1 : 0);
  },
);

it('user fix_follow_state and userFixFollowState leave the same rows', async () => {
  for (const world of doors) await breakFollow(world);
  const { changes } = await changesOf(atShell, () =>
    shell(atShell, ['user', 'fix_follow_state', 'alice', 'rob@remote.example']),
  );
  expect(changes).toEqual([
    'insert activities Reject by remote.example/users/rob',
    'insert oban_jobs PublisherWorker publish available',
    'update activities Follow state=reject',
  ]);
  expect(
    await viaApi('userFixFollowState', {
      follower: named('alice'),
      followed: named('rob@remote.example'),
    }),
  ).toEqual([...changes, 'insert moderation_log'].sort());
});

it('user rm and usersDelete leave the same rows but for who signs: the account itself at the shell', async () => {
  const { changes } = await changesOf(atShell, () => shell(atShell, ['user', 'rm', 'mallory']));
  expect(changes).toContain('insert activities Delete by /users/mallory');
  const others = await viaApi('usersDelete', many('mallory'));
  expect(others).toEqual(
    [
      ...changes.map((line) => line.replace('Delete by /users/mallory', 'Delete by /users/admin')),
      'insert moderation_log',
    ].sort(),
  );
});

it.each(tasks.filter(([, mutation]) => /^(users|instance)/.test(mutation)))(
  'user %s: %s with dryRun answers and writes nothing',
  async (_words, mutation, input) => {
    expect(await viaApi(mutation, { ...input, dryRun: true })).toEqual([]);
  },
);
