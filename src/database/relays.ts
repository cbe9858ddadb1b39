import type { Transaction } from './database.js';
import { followState } from './relationships.js';

/** A relay this instance follows or has asked to (docs/instance/moderation.md#relays). */
export interface RelayRow {
  /** ap_id of the relay's actor. */
  readonly actor: string;
  /** Whether it has accepted. */
  readonly followedBack: boolean;
}

/** Accepted relays in the order they were followed, then those asked and not heard of, newest first. `relay` is the ap_id of our own relay actor. */
export async function listRelays(tx: Transaction, relay: string): Promise<RelayRow[]> {
  const accepted = await tx.$queryRaw<{ actor: string }[]>`
    select f.ap_id as actor from following_relationships r join users own on own.id = r.follower_id join users f on f.id = r.following_id
    where own.ap_id = ${relay} and r.state = ${followState.accept} order by r.id`;
  const pending = await tx.$queryRaw<{ actor: string }[]>`
    select a.data->>'object' as actor from activities a
    where a.actor = ${relay} and a.data->>'type' = 'Follow' and a.data->>'state' = 'pending' order by a.id desc nulls last`;
  const known = new Set(accepted.map(({ actor }) => actor));
  return [
    ...accepted.map(({ actor }) => ({ actor, followedBack: true })),
    ...[...new Set(pending.map(({ actor }) => actor))]
      .filter((actor) => !known.has(actor))
      .map((actor) => ({ actor, followedBack: false })),
  ];
}
