import { describe, expect, it } from 'vitest';
import { storeSetting } from '../support/config.js';
import { createClient } from '../support/client.js';
import { useSceneApp } from '../support/scene-app.js';
import { mutationDocument } from '../support/scene-requests.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const sceneApp = useSceneApp(world);
const family = '👨‍👩‍👧‍👦';
/** One character each as readers count; the column of a display name holds 255 code points. */
const characters = ['a', '🦊', '🇳🇱', 'e\u0301'];
const createUsers =
  'mutation ($input: UsersCreateInput!) { usersCreate(input: $input) { users { displayName } errors { message } } }';
const update =
  'mutation ($input: UserUpdateCredentialsInput!) { userUpdateCredentials(input: $input) { errors { message } } }';
const announce =
  'mutation ($input: AnnouncementCreateInput!) { announcementCreate(input: $input) { errors { message } } }';
const invite = mutationDocument('inviteSendByEmail');
const tag = 'mutation ($input: UsersTagInput!) { usersTag(input: $input) { errors { message } } }';
const search = 'query ($search: String!) { users(filter: { search: $search }) { totalCount } }';

type Errors = readonly { readonly message: string }[];
type Client = Awaited<ReturnType<typeof world.asAdmin>>;

async function errorsOf(admin: Client, query: string, input: object): Promise<string[]> {
  const data = await admin.data<Record<string, { readonly errors: Errors }>>(query, { input });
  return Object.values(data).flatMap(({ errors }) => errors.map(({ message }) => message));
}

let made = 0;
const person = (more: object) => {
  made += 1;
  const nickname = `person${String(made)}`;
  return { nickname, email: `${nickname}@mail.example`, password: 'correct horse', ...more };
};
const user = { nickname: 'alice' };

/** A field whose length a rule limits, and every way to set it. */
const doors: readonly {
  readonly what: string;
  readonly limit: number;
  readonly characters: readonly string[];
  readonly refused: (admin: Client, text: string) => Promise<boolean>;
}[] = [
  ...(['name', 'bio'] as const).map((field) => ({
    what: `${field} of usersCreate`,
    limit: field === 'name' ? 100 : 5_000,
    characters: field === 'name' ? characters : [...characters, family],
    refused: async (admin: Client, text: string) =>
      (await errorsOf(admin, createUsers, { users: [person({ [field]: text })] })).length > 0,
  })),
  ...(['name', 'bio'] as const).map((field) => ({
    what: `${field} of userUpdateCredentials`,
    limit: field === 'name' ? 100 : 5_000,
    characters: field === 'name' ? characters : [...characters, family],
    refused: async (admin: Client, text: string) =>
      (await errorsOf(admin, update, { user, [field]: text })).length > 0,
  })),
  ...['/api/pleroma/admin', '/api/v1/pleroma/admin'].map((prefix) => ({
    what: `name of PATCH ${prefix}/users/:nickname/credentials`,
    limit: 100,
    characters,
    refused: async (admin: Client, text: string) => {
      const { status } = await admin.rest('PATCH', `${prefix}/users/alice/credentials`, {
        name: text,
      });
      return status !== 200;
    },
  })),
  {
    what: 'content of announcementCreate',
    limit: 100_000,
    characters: ['a', 'e\u0301'],
    refused: async (admin, text) => (await errorsOf(admin, announce, { content: text })).length > 0,
  },
  {
    what: 'a tag, whose column counts code points',
    limit: 255,
    characters: ['a', '🦊'],
    refused: async (admin, text) =>
      (await errorsOf(admin, tag, { users: [user], tags: [text] })).length > 0,
  },
];

describe('a text exactly at its limit is accepted, one character more is refused', () => {
  it.each(doors)('$what', async ({ limit, characters: kinds, refused }) => {
    await world.user(user);
    const admin = await world.asAdmin();
    for (const character of kinds) {
      expect([character, await refused(admin, character.repeat(limit))]).toEqual([
        character,
        false,
      ]);
      expect([character, await refused(admin, character.repeat(limit + 1))]).toEqual([
        character,
        true,
      ]);
    }
  });

  it('of a search of 1,000 emoji', async () => {
    const admin = await world.asAdmin();
    expect((await admin.graphql(search, { search: family.repeat(1_000) })).errors).toBeUndefined();
    expect((await admin.graphql(search, { search: family.repeat(1_001) })).errors).toHaveLength(1);
  });

  it('of a display name that its column cannot hold is a clear error, not a failure', async () => {
    await world.user(user);
    const admin = await world.asAdmin();
    const text = family.repeat(40);
    const message = 'name should be at most 255 code point(s)';
    expect(await errorsOf(admin, update, { user, name: text })).toEqual([message]);
    expect(await errorsOf(admin, createUsers, { users: [person({ name: text })] })).toEqual([
      message,
    ]);
  });
});

describe('every door has one rule for e-mail addresses', () => {
  it.each([
    [`${'a'.repeat(241)}@mail.example`, true],
    [`${'a'.repeat(242)}@mail.example`, false],
    [`${'a'.repeat(300)}@mail.example`, false],
    [`a@${'b'.repeat(63)}.example`, true],
    [`a@${'b'.repeat(64)}.example`, false],
    ['a@-b.example', false],
    ['é@mail.example', false],
    ['no address', false],
  ])('which decides on %s alike', async (email, isValid) => {
    await world.user(user);
    const closed = '[registrations_open: false, invites_enabled: true]';
    await storeSetting(world, ':pleroma', ':instance', closed);
    const admin = await world.asAdmin();
    const v1 = '/api/v1/pleroma/admin';
    const rest = async (method: string, path: string, body: object): Promise<boolean> =>
      (await admin.rest(method, v1 + path, body)).status < 300;
    const free = async (): Promise<void> => {
      await world.database.pool.query('update users set email = null');
    };
    const answers: Record<string, boolean> = {
      update: (await errorsOf(admin, update, { user, email })).length === 0,
    };
    await free();
    answers['create'] =
      (await errorsOf(admin, createUsers, { users: [person({ email })] })).length === 0;
    await free();
    answers['PATCH'] = await rest('PATCH', '/users/alice/credentials', { email });
    await free();
    answers['POST'] = await rest('POST', '/users', { users: [person({ email })] });
    await free();
    const words = ['user', 'new', 'shelly', email, '--password', 'correct horse', '-y'];
    answers['shell'] = (await shell(world, words)).exit === 0;
    await free();
    answers['invite'] =
      (await errorsOf(createClient(sceneApp(), await world.token(world.admin)), invite, { email }))
        .length === 0;
    expect(new Set(Object.values(answers)), JSON.stringify(answers)).toEqual(new Set([isValid]));
  });
});
