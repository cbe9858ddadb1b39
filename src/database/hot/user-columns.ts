import type { AccountRow } from '../account-columns.js';
import { asBoolean, asJson, asNumber, asText, asTexts, asTime, type Columns } from './decode.js';

const decoders = {
  id: asText,
  nickname: asText,
  name: asText,
  email: asText,
  bio: asText,
  apId: asText,
  uri: asText,
  local: asBoolean,
  avatar: asJson,
  banner: asJson,
  tags: asTexts,
  actorType: asText,
  isActive: asBoolean,
  isAdmin: asBoolean,
  isModerator: asBoolean,
  isConfirmed: asBoolean,
  isApproved: asBoolean,
  isSuggested: asBoolean,
  isLocked: asBoolean,
  isDiscoverable: asBoolean,
  invisible: asBoolean,
  passwordResetPending: asBoolean,
  registrationReason: asText,
  followerCount: asNumber,
  followingCount: asNumber,
  noteCount: asNumber,
  followerAddress: asText,
  insertedAt: asTime,
  updatedAt: asTime,
  lastActiveAt: asTime,
  lastStatusAt: asTime,
  rawBio: asText,
  fields: asJson,
  rawFields: asJson,
  emoji: asJson,
  background: asJson,
  alsoKnownAs: asTexts,
  showRole: asBoolean,
  hideFollowersCount: asBoolean,
  hideFollowsCount: asBoolean,
  hideFollowers: asBoolean,
  hideFollows: asBoolean,
  hideFavorites: asBoolean,
  skipThreadContainment: asBoolean,
  pinnedObjects: asJson,
} satisfies Record<keyof AccountRow, unknown>;

/** A column of `users`, by the name of its field in the Prisma schema. */
export type UserColumn = keyof AccountRow;

interface UserSelection {
  /** For a query that calls the table `u`. */
  readonly sql: string;
  readonly columns: Columns;
}

const selections = new WeakMap<readonly UserColumn[], UserSelection>();

/** What to select, and how to read it; worked out once per list, and a field of a document always asks by the same one. */
export function userSelection(names: readonly UserColumn[]): UserSelection {
  const selection = selections.get(names) ?? select(names);
  selections.set(names, selection);
  return selection;
}

function select(names: readonly UserColumn[]): UserSelection {
  return {
    sql: names.map((name) => `u.${columnOf(name)}`).join(', '),
    columns: names.map((name) => [name, decoders[name]]),
  };
}

const columnNames = new Map<UserColumn, string>();

/** `isActive` → `is_active`. */
export function columnOf(name: UserColumn): string {
  const column =
    columnNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(name, column);
  return column;
}
