import { describe, expect, it } from 'vitest';
import { useWorld } from '../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/users';

describe('approval', () => {
  it('approves who waits, tells them, leaves the others, logs once', async () => {
    await world.user({ nickname: 'frank', isApproved: false });
    await world.user({ nickname: 'alice' });
    const admin = await world.asAdmin();
    const { body } = await admin.rest('PATCH', `${v1}/approve`, { nicknames: ['frank', 'alice'] });
    expect(body).toMatchObject({
      users: [
        { nickname: 'frank', is_approved: true },
        { nickname: 'alice', is_approved: true },
      ],
    });
    expect(await world.rows('oban_jobs')).toHaveLength(1);
    expect(
      (await world.rows('moderation_log')).map(
        (row) => (row['data'] as { message: string }).message,
      ),
    ).toEqual(['@admin approved users: @frank, @alice']);
  });
});

describe('confirmation', () => {
  it('confirms who waits and forgets the token; answers an empty text; needs admin:write', async () => {
    await world.user({ nickname: 'grace', isConfirmed: false, confirmationToken: 'secret' });
    const admin = await world.asAdmin();
    expect(
      await admin.rest('PATCH', `${v1}/confirm_email`, { nicknames: ['grace'] }),
    ).toMatchObject({ status: 200, body: '' });
    expect(await world.rows('users', `nickname = 'grace'`)).toMatchObject([
      { is_confirmed: true, confirmation_token: null },
    ]);
    const narrow = world.as(await world.token(world.admin, ['admin:write:accounts']));
    expect(
      await narrow.rest('PATCH', `${v1}/confirm_email`, { nicknames: ['grace'] }),
    ).toMatchObject({ status: 403, body: { error: 'Insufficient permissions: admin:write.' } });
  });
});

describe('suggestions', () => {
  it('suggests and takes back', async () => {
    await world.user({ nickname: 'ivan' });
    const admin = await world.asAdmin();
    expect(
      (await admin.rest('PATCH', `${v1}/suggest`, { nicknames: ['ivan'] })).body,
    ).toMatchObject({ users: [{ is_suggested: true }] });
    expect(
      await admin.data(
        `mutation { usersUnsuggest(input: { users: [{ nickname: "ivan" }] }) { users { isSuggested } errors { code } } }`,
      ),
    ).toEqual({ usersUnsuggest: { users: [{ isSuggested: false }], errors: [] } });
    expect(
      (await world.rows('moderation_log')).map((row) => (row['data'] as { action: string }).action),
    ).toEqual(['add_suggestion', 'remove_suggestion']);
  });
});
