import { scopesAsked, type Door } from './doors.js';
import type { World } from '../support/world.js';

/** Somebody who knocks at every door, and what they should hear there. */
export interface Caller {
  readonly name: string;
  readonly token: string | undefined;
  readonly expected: (door: Door) => string;
}

/** What makes the token of an admin worthless. */
const ends: Readonly<Record<string, string>> = {
  'a deactivated admin': 'update users set is_active = false where id = $1',
  'an unconfirmed admin': 'update users set is_confirmed = false where id = $1',
  'an unapproved admin': 'update users set is_approved = false where id = $1',
  'an admin who must set a new password':
    'update users set password_reset_pending = true where id = $1',
  'a deleted admin': 'delete from users where id = $1',
  'an expired token': `update oauth_tokens set valid_until = timezone('UTC', now()) where user_id = $1`,
  'a revoked token': 'delete from oauth_tokens where user_id = $1',
  'a token of an app alone': 'update oauth_tokens set user_id = null where user_id = $1',
};

/** Nobody, tokens that are worth nothing, every role, and an admin with each scope alone: of every operation its own, its parents and its siblings. */
export async function callersOf(world: World): Promise<Caller[]> {
  const always = (text: string) => () => text;
  const admin = await world.user({ nickname: 'caller', isAdmin: true });
  const moderator = await world.user({ nickname: 'moderating', isModerator: true });
  const parents = scopesAsked.flatMap((scope) =>
    scope.split(':').map((_part, index, parts) => parts.slice(0, index + 1).join(':')),
  );
  const scopes = [...new Set(['read', 'write', 'follow', 'push', ...parents])].sort();
  const demoted = await endedToken(
    world,
    'demoted',
    'update users set is_admin = false where id = $1',
  );
  const ended: Caller[] = [];
  for (const [name, statement] of Object.entries(ends))
    ended.push({
      name,
      token: await endedToken(world, `ended${ended.length}`, statement),
      expected: always('Invalid credentials.'),
    });
  const narrow: Caller[] = [];
  for (const scope of scopes)
    narrow.push({
      name: `an admin with ${scope} only`,
      token: await world.token(admin, [scope]),
      expected: (door) =>
        isEnough(scope, door)
          ? 'let in'
          : `Insufficient permissions: ${door.rule.scopes.join(' | ')}.`,
    });
  return [
    { name: 'nobody', token: undefined, expected: always('Invalid credentials.') },
    { name: 'a bad token', token: 'no-such-token', expected: always('Invalid credentials.') },
    ...ended,
    { name: 'a demoted admin', token: demoted, expected: always('User is not a staff member.') },
    {
      name: 'a user',
      token: await world.token(await world.user({ nickname: 'nobody-special' })),
      expected: always('User is not a staff member.'),
    },
    {
      name: 'a moderator',
      token: await world.token(moderator),
      expected: ({ rule }) => staffAnswer(world.family, rule, false, moderatorDefaults),
    },
    { name: 'an admin', token: await world.token(admin), expected: always('let in') },
    ...narrow,
  ];
}

/** What Pleroma gives moderators by itself. */
const moderatorDefaults = ['messages_delete', 'reports_manage_reports'];

/** What a member of the staff with every scope hears; without `privileged_staff` on Akkoma. */
export function staffAnswer(
  family: World['family'],
  { role, pleroma }: Door['rule'],
  isAdmin: boolean,
  privileges: readonly string[],
): string {
  if (family === 'akkoma') return isAdmin || role === 'staff' ? 'let in' : 'User is not an admin.';
  if (!isAdmin && pleroma.role === 'admin') return 'User is not an admin.';
  const { privilege } = pleroma;
  const isPrivileged = privilege === undefined || privileges.includes(privilege);
  return isPrivileged ? 'let in' : "User isn't privileged.";
}

async function endedToken(world: World, nickname: string, statement: string): Promise<string> {
  const account = await world.user({ nickname, isAdmin: true });
  const token = await world.token(account);
  await world.database.pool.query(statement, [account.id]);
  return token;
}

/** The documents' generation knew no admin scopes (docs/operations.md): there `write` is enough. */
function isEnough(scope: string, { dialect, rule }: Door): boolean {
  return (
    rule.scopes.length === 0 ||
    rule.scopes.some((one) => one === scope || one.startsWith(`${scope}:`)) ||
    (dialect === 'legacy' && scope === 'write')
  );
}
