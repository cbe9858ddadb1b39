import { beforeAll, expect, it } from 'vitest';
import type { App } from '../../src/server/app.js';
import { privileges } from '../../src/instance/privileges.js';
import { createClient, type Client } from '../support/client.js';
import type { Plain } from '../support/maker.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument, mutationsOf } from '../support/scene-requests.js';
import { makeScene, type Scene } from '../support/scene.js';
import { useWorld } from '../support/world.js';
import { aimedAt, makeTarget, type Target } from './aim.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
const mutations = mutationsOf(world.family);
const kinds = ['user', 'moderator', 'admin', 'self', 'remote'] as const;

let app: App;
beforeAll(() => {
  app = sceneApp();
});

interface Stage extends Scene {
  readonly moderator: Client;
  readonly targets: Readonly<Record<(typeof kinds)[number], Target>>;
}

/** What the instance can give moderators besides what they have by themselves. */
const morePower = (): Readonly<Record<string, Plain>> =>
  world.family === 'akkoma'
    ? { privileged_staff: true }
    : { moderator_privileges: { atoms: privileges } };

/** A scene with a moderator who has every scope, and targets of every kind. */
async function stage(isPrivileged: boolean): Promise<Stage> {
  await world.reset();
  const scene = await makeScene(world, isPrivileged ? morePower() : {});
  const [user, reporter] = [
    await world.user({ nickname: 'somebody' }),
    await world.user({ nickname: 'reporter' }),
  ];
  const [moderator, admin] = [
    await world.user({ nickname: 'colleague', isModerator: true }),
    await world.user({ nickname: 'boss', isAdmin: true }),
  ];
  const [self, remote] = [
    await world.user({ nickname: 'mod', isModerator: true }),
    await world.user({ nickname: 'rita@remote.example' }),
  ];
  await world.token(admin);
  const target = (account: typeof user): Promise<Target> => makeTarget(world, account, reporter);
  const targets = {
    user: await target(user),
    moderator: await target(moderator),
    admin: await target(admin),
    self: await target(self),
    remote: await target(remote),
  };
  return { ...scene, targets, moderator: createClient(app, await world.token(self)) };
}

/** All that is an admin's: nothing of it may change. */
async function ofAdmins(): Promise<unknown> {
  const admins = '(select id from users where is_admin)';
  return [
    await world.rows('users', 'is_admin'),
    await world.rows('oauth_tokens', `user_id in ${admins}`),
    await world.rows('oauth_authorizations', `user_id in ${admins}`),
    await world.rows('password_reset_tokens', `user_id in ${admins}`),
    await world.rows(
      'activities',
      `actor in (select ap_id from users where is_admin) and data->>'type' = 'Create'`,
    ),
    await world.rows(
      'objects',
      `data->>'actor' in (select ap_id from users where is_admin) and data->>'type' = 'Note'`,
    ),
  ];
}

/** Who has which role, and what the moderator's tokens may do: nothing may be added. */
async function powers(): Promise<string[]> {
  const { rows } = await world.database.pool.query<{ power: string }>(
    `select nickname || ' admin' as power from users where is_admin union all select nickname || ' moderator' from users where is_moderator
     union all select u.nickname || ' ' || scope from oauth_tokens t join users u on u.id = t.user_id, unnest(t.scopes) scope`,
  );
  return rows.map(({ power }) => power);
}

async function outcomeOf(
  { moderator }: Stage,
  name: string,
  input: object | undefined,
): Promise<string> {
  const { data, errors } = await moderator.graphql(mutationDocument(name), { input });
  const payload = data?.[name] as
    { readonly errors: readonly { readonly code: string }[] } | null | undefined;
  const message = errors?.[0]?.message ?? '';
  if (message.startsWith('User is not an admin.')) return 'role';
  if (message.startsWith("User isn't privileged.")) return 'privilege';
  return errors ? `broken: ${errors[0]?.message ?? ''}` : (payload?.errors[0]?.code ?? 'done');
}

/** What a moderator hears of these mutations, by mutation; one cell for those that are about no account. */
async function tryAll(
  names: readonly string[],
  isPrivileged: boolean,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const outcomes = new Map<string, readonly string[]>();
  let current = await stage(isPrivileged);
  let [admins, known] = [await ofAdmins(), await powers()];
  for (const name of names) {
    const input = current.inputs[name] ?? {};
    const cells: string[] = [];
    if (!aimedAt(input, current.targets.user)) cells.push(await outcomeOf(current, name, input));
    else {
      // Themselves last: it may end their token.
      const byKind = new Map<string, string>();
      for (const kind of [...kinds.filter((one) => one !== 'self'), 'self'] as const) {
        byKind.set(kind, await outcomeOf(current, name, aimedAt(input, current.targets[kind])));
      }
      cells.push(...kinds.map((kind) => byKind.get(kind) ?? ''));
    }
    outcomes.set(name, cells);
    expect(await ofAdmins(), name).toEqual(admins);
    expect(
      (await powers()).filter((power) => !known.includes(power)),
      name,
    ).toEqual([]);
    if (!cells.includes('done')) continue;
    current = await stage(isPrivileged);
    [admins, known] = [await ofAdmins(), await powers()];
  }
  return outcomes;
}

const rowsOf = (outcomes: ReadonlyMap<string, readonly string[]>): string[] => [
  `| mutation | nobody | ${kinds.join(' | ')} |`,
  '|---|---|---|---|---|---|---|',
  ...[...outcomes].map(
    ([name, cells]) =>
      `| \`${name}\` | ${cells.length === 1 ? `${cells.join()} | | | | | |` : `| ${cells.join(' | ')} |`}`,
  ),
];

it('a moderator does to whom moderator.md says with every mutation, never touches an admin and gives nobody power', async () => {
  const usual = await tryAll(mutations, false);
  const isRefused = (cells: readonly string[] | undefined): boolean =>
    cells?.some((cell) => ['role', 'privilege'].includes(cell)) ?? false;
  const privileged = await tryAll(
    mutations.filter((name) => isRefused(usual.get(name))),
    true,
  );
  const more = new Map([...privileged].filter(([, cells]) => !isRefused(cells)));
  const file = { akkoma: 'moderator', pleroma: 'moderator.pleroma' }[world.family];
  const text = [
    `# What a moderator may do to whom${world.family === 'akkoma' ? '' : ', on Pleroma'}`,
    '',
    'Written by moderator.test.ts (`npx vitest -u`). *nobody*: the mutation is about no account. *role*, *privilege*: refused before anything else, for that; capitals: the code of the refusal.',
    '',
    ...rowsOf(usual),
    '',
    `## Where the instance ${world.family === 'akkoma' ? 'sets `privileged_staff`' : 'gives moderators every privilege'}`,
    '',
    'The same, and these:',
    '',
    ...rowsOf(more),
    '',
  ];
  await expect(text.join('\n')).toMatchFileSnapshot(`./${file}.md`);
  console.log(`S9: ${[...usual.values(), ...privileged.values()].flat().length} cells`);
}, 180_000);
