import { isDeepStrictEqual } from 'node:util';
import { akkomaSettings, setAkkomaSettings, type AkkomaSettings } from './akkoma-settings.js';
import type { Transaction } from './database.js';
import type { OptionalParts } from './family.js';
import type { Prisma } from './generated/prisma/client.js';
import { objectOf } from './json.js';
import { wholeSeconds } from './time.js';

/**
 * The columns of the credentials view (docs/instance/accounts.md#account-json), which both families
 * have.
 */
export const credentialsSelect = {
  id: true,
  bio: true,
  email: true,
  fields: true,
  name: true,
  nickname: true,
  isLocked: true,
  noRichText: true,
  defaultScope: true,
  hideFollows: true,
  hideFollowersCount: true,
  hideFollowsCount: true,
  hideFollowers: true,
  hideFavorites: true,
  allowFollowingMove: true,
  showRole: true,
  skipThreadContainment: true,
  pleromaSettingsStore: true,
  rawFields: true,
  isDiscoverable: true,
  actorType: true,
  avatar: true,
  banner: true,
  background: true,
} satisfies Prisma.UserSelect;

export type CredentialsRow = Prisma.UserGetPayload<{ select: typeof credentialsSelect }> &
  AkkomaSettings;

/** A line of a profile. */
export interface ProfileEntry {
  readonly name: string;
  readonly value: string;
}

/** The credentials view of an account. */
export async function readCredentials(
  tx: Transaction,
  userId: string,
  optional: OptionalParts,
): Promise<CredentialsRow> {
  const row = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: credentialsSelect,
  });
  return { ...row, ...(await akkomaSettings(tx, userId, optional)) };
}

/** Whether the account has exactly these profile fields, as typed. */
export async function hasRawFields(
  tx: Transaction,
  userId: string,
  rawFields: readonly ProfileEntry[],
): Promise<boolean> {
  const before = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { rawFields: true },
  });
  return isDeepStrictEqual(before.rawFields, rawFields);
}

/** What an administrator may change of an account's own settings; absent = leave alone. */
export interface CredentialColumns {
  readonly fields?: readonly ProfileEntry[] | undefined;
  readonly rawFields?: readonly ProfileEntry[] | undefined;
  readonly statusTtlDays?: number | null | undefined;
  readonly permitFollowback?: boolean | undefined;
  readonly acceptsDirectMessagesFrom?: string | undefined;
  readonly email?: string | null | undefined;
  readonly passwordHash?: string | undefined;
  readonly passwordResetPending?: boolean | undefined;
  readonly name?: string | null | undefined;
  readonly bio?: string | undefined;
  readonly rawBio?: string | null | undefined;
  readonly actorType?: string | undefined;
  readonly defaultScope?: string | undefined;
  readonly isLocked?: boolean | undefined;
  readonly isDiscoverable?: boolean | undefined;
  readonly noRichText?: boolean | undefined;
  readonly hideFollowers?: boolean | undefined;
  readonly hideFollowersCount?: boolean | undefined;
  readonly hideFollows?: boolean | undefined;
  readonly hideFollowsCount?: boolean | undefined;
  readonly hideFavorites?: boolean | undefined;
  readonly allowFollowingMove?: boolean | undefined;
  readonly showRole?: boolean | undefined;
  readonly skipThreadContainment?: boolean | undefined;
  readonly discloseClient?: boolean | undefined;
}

const changeable = {
  email: true,
  name: true,
  bio: true,
  rawBio: true,
  actorType: true,
  defaultScope: true,
  isLocked: true,
  isDiscoverable: true,
  noRichText: true,
  hideFollowers: true,
  hideFollowersCount: true,
  hideFollows: true,
  hideFollowsCount: true,
  hideFavorites: true,
  allowFollowingMove: true,
  showRole: true,
  skipThreadContainment: true,
  discloseClient: true,
  passwordResetPending: true,
  pleromaSettingsStore: true,
  fields: true,
  rawFields: true,
} satisfies Prisma.UserSelect;

/**
 * Sets these columns of an account, and merges `settingsStore` into what front ends keep there. A row that has all of it already is not
 * touched: `updated_at` tells when something changed (docs/instance/schema.md#timestamps).
 */
export async function updateCredentials(
  tx: Transaction,
  userId: string,
  columns: CredentialColumns,
  settingsStore: Prisma.InputJsonObject | undefined,
  now: Date,
  optional: OptionalParts,
): Promise<void> {
  const before = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: changeable });
  const old = { ...before, ...(await akkomaSettings(tx, userId, optional)) };
  const { statusTtlDays, permitFollowback, acceptsDirectMessagesFrom, ...common } = columns;
  const changes = changed(common, old);
  const akkomaChanges = changed(
    { statusTtlDays, permitFollowback, acceptsDirectMessagesFrom },
    old,
  );
  const store = settingsStore && { ...objectOf(before.pleromaSettingsStore), ...settingsStore };
  if (Object.keys(changes).length === 0 && Object.keys(akkomaChanges).length === 0 && !store)
    return;
  await tx.user.update({
    where: { id: userId },
    data: {
      ...changes,
      ...(store ? { pleromaSettingsStore: store } : {}),
      updatedAt: wholeSeconds(now),
    },
    select: { id: true },
  });
  await setAkkomaSettings(tx, userId, akkomaChanges);
}

function changed(
  given: object,
  old: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) => value !== undefined && !isDeepStrictEqual(value, old[name]),
    ),
  );
}

/** Whether an account other than this one has the address, whatever its case. */
export async function isEmailTaken(
  tx: Transaction,
  email: string,
  userId: string,
): Promise<boolean> {
  return (await tx.user.count({ where: { email, id: { not: userId } } })) > 0;
}
