import { beforeEach, expect, it } from 'vitest';
import { mutationDocument } from '../support/scene-requests.js';
import type { Client } from '../support/client.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
let admin: Client;

beforeEach(async () => {
  await world.user({ nickname: 'alice', isActive: false });
  await world.user({ nickname: 'old@old.example', isActive: false });
  admin = await world.asAdmin();
});

const user = { nickname: 'alice' };
/** What the instance's own tasks do without a log row, where there is nothing to do. */
const idle: Record<string, object> = {
  usersConfirmAll: {},
  usersUnconfirmAll: {},
  instanceDeactivateUsers: { instance: 'old.example' },
  usersUnsubscribe: { users: [user] },
  usersSignOut: { users: [user] },
  userDeleteActivities: { user },
  userUpdateFlags: { user, isAdmin: false, isModerator: false, isConfirmed: true, isLocked: false },
};

it.each(Object.entries(idle))(
  '%s changes and logs nothing where there is nothing to do',
  async (name, input) => {
    const { data, errors } = await world.expectUnchanged(() =>
      admin.graphql(mutationDocument(name), { input }),
    );
    expect([errors, data?.[name]]).toEqual([undefined, { errors: [] }]);
  },
);

it('what the instance logs whatever it changed is logged', async () => {
  const { data } = await admin.graphql(mutationDocument('usersDeactivate'), {
    input: { users: [user] },
  });
  expect(data).toMatchObject({ usersDeactivate: { errors: [] } });
  expect(
    (await world.rows('moderation_log')).map(({ data: row }) => (row as { action: string }).action),
  ).toEqual(['deactivate']);
});
