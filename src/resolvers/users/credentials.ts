import { hashPassword } from '../../auth/password.js';
import type { OperationContext } from '../../context.js';
import { duplicateOf, type Transaction } from '../../database/database.js';
import { jsonDocument } from '../../database/json.js';
import { missingSettings } from '../../database/akkoma-settings.js';
import { hasRawFields, isEmailTaken, updateCredentials } from '../../database/user-credentials.js';
import { usersByIds, type UserReference, type UserRow } from '../../database/users.js';
import { failure, refuse } from '../../errors.js';
import { loggedUser, writeLog } from '../moderation-log/write.js';
import { formattedText } from '../formatted-text.js';
import { longTexts } from '../input-rules.js';
import { leaveJobs, noticeAccounts, notes } from '../notice.js';
import { operation } from '../operation.js';
import { credentialFaults, type CredentialChanges } from './credential-rules.js';
import { endSessions } from './end-sessions.js';
import { takenIssue } from './new-user.js';
import { namedEntries, profileFieldFaults, renderedEntries } from './profile-fields.js';
import { lockTarget } from './targets.js';

export interface CredentialsInput {
  readonly user: UserReference;
  readonly changes: CredentialChanges;
  /**
   * Writes the instance's second log row, which tells of a forced reset, even when there was none:
   * the v1 path (docs/instance/accounts.md#other-account-operations).
   */
  readonly logsAsInstance?: boolean | undefined;
}

/**
 * Changes what an account has set for itself (docs/instance/accounts.md#other-account-operations).
 * A new password ends every session and, by a job for the instance, must
 * be replaced by the account's owner.
 * @throws OperationError INVALID or TAKEN for every field at fault.
 */
export const userUpdateCredentials = operation({
  name: 'userUpdateCredentials',
  access: {
    role: 'admin',
    scope: 'admin:write:accounts',
    pleroma: { privilege: 'users_manage_credentials' },
  },
  limits: longTexts,
  run: async (
    context,
    { user: reference, changes, logsAsInstance = false }: CredentialsInput,
  ): Promise<UserRow> => {
    refuse([
      ...credentialFaults(changes, await context.instance()),
      ...missingSettings(changes, context.database.schema.optional).map((name) => ({
        code: 'INVALID' as const,
        message: `${name} is a setting this instance does not have`,
        inputPath: [name],
      })),
    ]);
    const passwordHash =
      changes.password === undefined
        ? undefined
        : await hashPassword(changes.password, context.database.family);
    return context.database.transaction(async (tx) => {
      const user = await lockTarget(context, tx, reference, 'change', ['user']);
      await store(context, tx, user, changes, passwordHash);
      await writeLog(context, tx, { action: 'updated_users', subject: [loggedUser(user)] });
      if (passwordHash !== undefined) {
        await endSessions(context, tx, [user.id]);
        await leaveJobs(
          context,
          tx,
          [{ purpose: 'force-password-reset', userId: user.id }],
          notes.job,
        );
      }
      await noticeAccounts(context, tx, [user.id]);
      if (passwordHash !== undefined || logsAsInstance)
        await writeLog(context, tx, {
          action: 'force_password_reset',
          subject: [loggedUser(user)],
        });
      const [now] = await usersByIds(tx, [user.id]);
      return now ?? user;
    });
  },
});

async function store(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  changes: CredentialChanges,
  passwordHash: string | undefined,
): Promise<void> {
  const { password, bio, email, settingsStore, fields, rawFields, ...columns } = changes;
  if (!user.local && (password !== undefined || email !== undefined))
    throw failure('INVALID', 'email and password are for local accounts only.', [
      email === undefined ? 'password' : 'email',
    ]);
  if (email != null && (await isEmailTaken(tx, email, user.id))) refuse([takenIssue('email', [])]);
  const secrets = passwordHash === undefined ? {} : { passwordHash, passwordResetPending: false };
  try {
    await updateCredentials(
      tx,
      user.id,
      {
        ...columns,
        ...secrets,
        ...(await profileFields(context, tx, user, { fields, rawFields })),
        email,
        bio: await bioHtml(context, tx, user, bio),
      },
      settingsStore && jsonDocument(settingsStore),
      context.now(),
      context.database.schema.optional,
    );
  } catch (error) {
    if (duplicateOf(error)) refuse([takenIssue('email', [])]);
    throw error;
  }
}

/** A biography that was read and is sent back is HTML already. */
async function bioHtml(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  bio: string | undefined,
): Promise<string | undefined> {
  if (bio === undefined || bio === user.bio) return undefined;
  return (await formattedText(context, tx, bio, { wholeNicknames: true, withoutRel: true })).html;
}

/**
 * What is typed decides on what is shown (`fields`), unless it is what the account has already.
 * @throws OperationError INVALID when a value is too long with its links.
 */
async function profileFields(
  context: OperationContext,
  tx: Transaction,
  user: UserRow,
  { fields, rawFields }: Pick<CredentialChanges, 'fields' | 'rawFields'>,
): Promise<Pick<CredentialChanges, 'fields' | 'rawFields'>> {
  if (rawFields === undefined) return { fields };
  const named = namedEntries(rawFields);
  if (await hasRawFields(tx, user.id, named)) return { fields };
  const rendered = await renderedEntries(context, tx, named);
  refuse(profileFieldFaults(rendered, await context.instance()));
  return { rawFields: named, fields: rendered };
}
