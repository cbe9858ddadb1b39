import { flakeFromUuid } from '../../database/flake.js';
import { objectOf, textOf, webAddressOf, type Json, type JsonObject } from '../../database/json.js';
import type { UserRow } from '../../database/users.js';

/**
 * What an account is, read once for every door. Any server may have written the row: nothing here throws, and what a column does not say
 * properly is absent or empty as each function documents.
 */

/** What an account may do now; the first that holds. */
export const accountStatuses = [
  'DEACTIVATED',
  'PASSWORD_RESET_PENDING',
  'APPROVAL_PENDING',
  'CONFIRMATION_PENDING',
  'ACTIVE',
] as const;
export type AccountStatus = (typeof accountStatuses)[number];

type StatusColumns = Pick<
  UserRow,
  'isActive' | 'passwordResetPending' | 'local' | 'isApproved' | 'isConfirmed'
>;

/** What an account may do now, in the order in which the instance asks. Only ACTIVE ones may sign in. */
export function accountStatus(user: StatusColumns): AccountStatus {
  if (!user.isActive) return 'DEACTIVATED';
  if (user.passwordResetPending) return 'PASSWORD_RESET_PENDING';
  if (user.local && !user.isApproved) return 'APPROVAL_PENDING';
  return user.local && !user.isConfirmed ? 'CONFIRMATION_PENDING' : 'ACTIVE';
}

/** Whether everybody may see the account: nobody sees invisible, deactivated or unfinished ones. */
export function isPubliclyVisible(user: StatusColumns & Pick<UserRow, 'invisible'>): boolean {
  return !user.invisible && ['ACTIVE', 'PASSWORD_RESET_PENDING'].includes(accountStatus(user));
}

/** The host in an ActivityPub id, with its port if it has one; undefined when the id is no address. */
export function hostOf(apId: string): string | undefined {
  return URL.canParse(apId) ? new URL(apId).host || undefined : undefined;
}

/** The page of the account; empty when the row names no address of the web. */
export function profileUrlOf({ uri, apId }: Pick<UserRow, 'uri' | 'apId'>): string {
  return webAddressOf(uri) ?? webAddressOf(apId) ?? '';
}

/** The name shown: the nickname when it has none. */
export function displayNameOf({
  name,
  nickname,
}: Pick<UserRow, 'name' | 'nickname'>): string | null {
  return name ?? nickname;
}

/** `nick@host`, also of a local account; the bare nickname when its id has no host. */
export function fullNicknameOf({
  nickname,
  apId,
}: Pick<UserRow, 'nickname' | 'apId'>): string | null {
  const host = hostOf(apId);
  return nickname === null || nickname.includes('@') || host === undefined
    ? nickname
    : `${nickname}@${host}`;
}

/** How messages name an account: the nickname, or the id clients know. */
export function namedAs({ id, nickname }: Pick<UserRow, 'id' | 'nickname'>): string {
  return nickname ?? flakeFromUuid(id);
}

/** The same with the `@` of a nickname. */
export function mentionedAs(user: Pick<UserRow, 'id' | 'nickname'>): string {
  return user.nickname === null ? flakeFromUuid(user.id) : `@${user.nickname}`;
}

/** A field of a profile; other keys are as they are stored. */
export type ProfileField = JsonObject & { readonly name: string; readonly value: string };

/** The fields of a profile; what is no object is none. */
export function profileFieldsOf(fields: Json | undefined): ProfileField[] {
  const entries = Array.isArray(fields) ? fields : [];
  return entries
    .filter((entry) => typeof entry === 'object' && entry !== null && !Array.isArray(entry))
    .map((entry) => {
      const field = objectOf(entry);
      return { ...field, name: textOf(field['name']) ?? '', value: textOf(field['value']) ?? '' };
    });
}
