import type { Family } from '../../database/family.js';
import type { JsonObject } from '../../database/json.js';
import { isClosed, votesOf, type Poll } from '../../resolvers/statuses/poll.js';
import { isoTime } from './account.js';
import { customEmoji } from './custom-emoji.js';

/** What the families show of a poll each in their own way. */
const ownParts: Readonly<
  Record<Family, (poll: Poll, object: JsonObject) => Record<string, unknown>>
> = {
  akkoma: ({ voters }) => ({ voters_count: voters ?? null }),
  pleroma: (_, { voters, nonAnonymous }) => ({
    voters_count: Array.isArray(voters) ? voters.length : 0,
    pleroma: { non_anonymous: nonAnonymous === true },
  }),
};

/**
 * Mastodon's JSON of a poll (docs/instance/moderation.md#attachments-and-polls).
 * @param id `objects.id` of `object`, the status's.
 */
export function pollJson(
  poll: Poll,
  id: bigint | null,
  object: JsonObject,
  { family, now }: { readonly family: Family; readonly now: Date },
): Record<string, unknown> {
  const { closesAt, multiple, options } = poll;
  return {
    id: String(id),
    expires_at: closesAt ? isoTime(closesAt) : null,
    expired: isClosed(poll, now),
    multiple,
    votes_count: votesOf(poll),
    options: options.map(({ title, votes }) => ({ title, votes_count: votes })),
    emojis: customEmoji(object['emoji']),
    ...ownParts[family](poll, object),
  };
}
