import { messageSenders } from '../../database/akkoma-settings.js';
import type { CredentialColumns } from '../../database/user-credentials.js';
import type { InstanceSettings } from '../../instance/settings.js';
import type { Issue } from '../../errors.js';
import { isLongerThan } from '../../lib/text-length.js';
import { isEmailAddress } from './email-address.js';
import { maxPassword, nameFaults } from './new-user.js';
import { namedEntries, profileFieldFaults } from './profile-fields.js';

/** What to change; absent = leave alone, null = clear. */
export interface CredentialChanges extends Omit<
  CredentialColumns,
  'passwordHash' | 'passwordResetPending'
> {
  readonly password?: string | undefined;
  /** Plain text; stored as HTML with links. What the account has already stays as it is. */
  readonly bio?: string | undefined;
  /** Merged into what front ends keep with the account. */
  readonly settingsStore?: Readonly<Record<string, unknown>> | undefined;
}

const scopes = ['public', 'unlisted', 'private', 'direct', 'local'];
const actorTypes = ['Person', 'Service'];
/** The instance adds the days to today, and Elixir knows no year after 9999. */
const maxTtlDays = 2_900_000;
const senders: readonly string[] = messageSenders;

/**
 * Every rule the changes break, worded as the instance does (docs/instance/accounts.md#validation).
 * Whether the address is free only the database knows.
 */
export function credentialFaults(changes: CredentialChanges, settings: InstanceSettings): Issue[] {
  const { email, password, name, bio, rawBio, actorType, defaultScope } = changes;
  const { fields, rawFields, statusTtlDays, acceptsDirectMessagesFrom } = changes;
  const longest = (field: string, text: string | null | undefined, length: number): Issue[] =>
    text != null && isLongerThan(text, length)
      ? [issue(field, `should be at most ${String(length)} character(s)`)]
      : [];
  return [
    ...(email != null && !isEmailAddress(email) ? [issue('email', 'has invalid format')] : []),
    ...(password === '' ? [issue('password', "can't be blank")] : []),
    ...longest('password', password, maxPassword),
    ...nameFaults(name ?? '', settings).map((rule) => issue('name', rule)),
    ...longest('bio', bio, settings.bioLength),
    ...longest('rawBio', rawBio, settings.bioLength),
    ...(actorType === undefined || actorTypes.includes(actorType)
      ? []
      : [issue('actorType', 'is invalid')]),
    ...(defaultScope === undefined || scopes.includes(defaultScope)
      ? []
      : [issue('defaultScope', 'is invalid')]),
    ...profileFieldFaults(rawFields ? namedEntries(rawFields) : (fields ?? []), settings),
    ...(statusTtlDays == null ||
    (Number.isInteger(statusTtlDays) && statusTtlDays > 0 && statusTtlDays <= maxTtlDays)
      ? []
      : [issue('statusTtlDays', `must be an integer from 1 to ${String(maxTtlDays)}`)]),
    ...(acceptsDirectMessagesFrom === undefined || senders.includes(acceptsDirectMessagesFrom)
      ? []
      : [issue('acceptsDirectMessagesFrom', 'is invalid')]),
  ];
}

function issue(field: string, rule: string): Issue {
  return { code: 'INVALID', message: `${field} ${rule}`, inputPath: [field] };
}
