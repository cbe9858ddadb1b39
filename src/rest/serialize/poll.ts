import { isClosed, votesOf, type Poll } from '../../resolvers/statuses/poll.js';
import { isoTime } from './account.js';

/**
 * Mastodon's JSON of a poll (docs/instance/moderation.md#attachments-and-polls).
 * @param id `objects.id` of the status's object.
 */
export function pollJson(
  poll: Poll,
  id: bigint | null,
  emojis: unknown[],
  now: Date,
): Record<string, unknown> {
  const { closesAt, multiple, options, voters } = poll;
  return {
    id: String(id),
    expires_at: closesAt ? isoTime(closesAt) : null,
    expired: isClosed(poll, now),
    multiple,
    votes_count: votesOf(poll),
    voters_count: voters ?? null,
    options: options.map(({ title, votes }) => ({ title, votes_count: votes })),
    emojis,
  };
}
