import type { Poll } from '../../resolvers/statuses/poll.js';
import { isoTime } from './account.js';

/** Mastodon's JSON of a poll (facts/moderation.md §2.5). @param id `objects.id` of the status's object. */
export function pollJson({ closesAt, multiple, options, voters }: Poll, id: bigint | null, emojis: unknown[], now: Date): Record<string, unknown> {
  return {
    id: String(id),
    expires_at: closesAt ? isoTime(closesAt) : null,
    expired: closesAt !== undefined && closesAt < now,
    multiple,
    votes_count: options.reduce((sum, { votes }) => sum + votes, 0),
    voters_count: voters ?? null,
    options: options.map(({ title, votes }) => ({ title, votes_count: votes })),
    emojis,
  };
}
