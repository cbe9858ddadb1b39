import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import { insertRelayActor } from '../../database/relay-follows.js';
import { wholeSeconds } from '../../database/time.js';
import { usersByApIds, type UserRow } from '../../database/users.js';
import { failure } from '../../errors.js';
import { hostOfAddress } from '../../lib/hosts.js';
import { generateSigningKeys } from '../../federation/signing-keys.js';

/**
 * The instance's own relay actor, which follows other relays; made on first use, as the instance
 * does (docs/instance/moderation.md#relays).
 */
export async function ownRelay(context: OperationContext, tx: Transaction): Promise<UserRow> {
  const { baseUrl } = await context.instance();
  const apId = `${baseUrl}/relay`;
  const [known] = await usersByApIds(tx, [apId]);
  if (known && !known.invisible)
    await tx.user.update({
      where: { id: known.id },
      data: { invisible: true },
      select: { id: true },
    });
  if (known) return known;
  await insertRelayActor(
    tx,
    context.database.family,
    apId,
    await generateSigningKeys(),
    wholeSeconds(context.now()),
  );
  const [made] = await usersByApIds(tx, [apId]);
  if (!made)
    throw failure('CONFLICT', `Another account has the nickname of the relay actor ${apId}.`);
  return made;
}

/** Of the column `users.ap_id`. */
const maxAddressLength = 255;

/** The host of an actor's address. @throws OperationError INVALID for what is no address. */
export function hostOfActor(actor: string): string {
  const host = hostOfAddress(actor);
  if (host !== undefined && actor.length <= maxAddressLength && !/\s/.test(actor)) return host;
  throw failure(
    'INVALID',
    `actor must be the address of an actor, such as https://relay.example/actor, not "${actor.slice(0, 100)}".`,
    ['actor'],
  );
}
