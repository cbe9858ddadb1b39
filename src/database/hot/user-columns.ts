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
} satisfies Record<keyof AccountRow, Columns[number][1]>;

interface UserSelection {
  /** For a query that calls the table `u`. */
  readonly sql: string;
  readonly columns: Columns;
}

/** What to select of `users` for a selection as Prisma takes it, and how to read it. */
export function selectionOf(
  select: Readonly<Partial<Record<keyof typeof decoders, true>>>,
): UserSelection {
  const columns = Object.entries(decoders).filter(([name]) => name in select);
  return { sql: columns.map(([name]) => `u.${columnOf(name)}`).join(', '), columns };
}

/** `isActive` → `is_active`. */
function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
