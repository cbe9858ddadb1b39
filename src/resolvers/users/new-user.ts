import type { InstanceSettings } from '../../instance/settings.js';
import type { Issue } from '../../errors.js';
import { isLongerThan, overflowsColumn } from '../../lib/text-length.js';
import { isEmailAddress } from './email-address.js';

/**
 * A local account to be created. Empty texts count as missing
 * (docs/instance/accounts.md#validation).
 */
export interface NewUser {
  readonly nickname: string;
  readonly email?: string | null | undefined;
  readonly password: string;
  /** Display name; default: the nickname. */
  readonly name?: string | undefined;
  readonly bio?: string | undefined;
  /** An invite to spend a use of; without a valid one the account is not created. */
  readonly inviteToken?: string | undefined;
}

/** The ap_id, which holds the nickname, has 255 characters. */
const maxNicknameLength = 180;
/** Characters of a password. */
export const maxPassword = 1_000;
/** Code points the column of the display name holds. */
const nameColumn = 255;

/**
 * Every rule a new account breaks, worded as the instance does
 * (docs/instance/accounts.md#validation), with paths below `path`.
 * Whether nickname and address are free only the database knows.
 */
export function faultsOf(
  user: NewUser,
  settings: InstanceSettings,
  path: readonly string[],
): Issue[] {
  const issue = (field: string, rule: string): Issue => ({
    code: 'INVALID',
    message: `${field} ${rule}`,
    inputPath: [...path, field],
  });
  const { nickname, password, email = '', name = nickname, bio = '' } = user;
  const nicknamePattern = settings.extendedNicknames ? /^[a-zA-Z\d_-]+$/ : /^[a-zA-Z\d]+$/;
  return [
    ...when(nickname === '', () => issue('nickname', "can't be blank")),
    ...when(nickname !== '' && !nicknamePattern.test(nickname), () =>
      issue('nickname', 'has invalid format'),
    ),
    ...when(isLongerThan(nickname, maxNicknameLength), () =>
      issue('nickname', `should be at most ${String(maxNicknameLength)} character(s)`),
    ),
    ...when(settings.restrictedNicknames.includes(nickname), () =>
      issue('nickname', 'is reserved'),
    ),
    ...when(settings.accountActivationRequired && !email, () => issue('email', "can't be blank")),
    ...when(Boolean(email) && !isEmailAddress(email ?? ''), () =>
      issue('email', 'has invalid format'),
    ),
    ...when(isBlacklisted(email ?? '', settings.emailBlacklist), () =>
      issue('email', 'Invalid email'),
    ),
    ...settings.unreadProhibitions.map((name) =>
      issue(
        'nickname',
        `and email can't be checked: the instance's setting ${name} is not readable (see \`steward doctor\`)`,
      ),
    ),
    ...when(password === '', () => issue('password', "can't be blank")),
    ...when(isLongerThan(password, maxPassword), () =>
      issue('password', `should be at most ${String(maxPassword)} character(s)`),
    ),
    ...nameFaults(name, settings).map((rule) => issue('name', rule)),
    ...when(isLongerThan(bio, settings.bioLength), () =>
      issue('bio', `should be at most ${String(settings.bioLength)} character(s)`),
    ),
  ];
}

/** What is wrong with a display name: too many characters, or too many code points for its column. */
export function nameFaults(name: string, { nameLength }: InstanceSettings): string[] {
  if (isLongerThan(name, nameLength))
    return [`should be at most ${String(nameLength)} character(s)`];
  return overflowsColumn(name, nameColumn)
    ? [`should be at most ${String(nameColumn)} code point(s)`]
    : [];
}

/**
 * An invite that is unknown, used up, revoked or expired: the instance says the same of all
 * (docs/instance/accounts.md#invites).
 */
export function expiredInviteIssue(path: readonly string[]): Issue {
  return { code: 'CONFLICT', message: 'Expired token', inputPath: [...path, 'inviteToken'] };
}

/** The rule a taken nickname or address breaks. */
export function takenIssue(field: 'nickname' | 'email', path: readonly string[]): Issue {
  return { code: 'TAKEN', message: `${field} has already been taken`, inputPath: [...path, field] };
}

function isBlacklisted(email: string, domains: readonly string[]): boolean {
  return domains.some((domain) => email.endsWith(`@${domain}`) || email.endsWith(`.${domain}`));
}

function when(condition: boolean, issue: () => Issue): Issue[] {
  return condition ? [issue()] : [];
}
