import { publicAddress } from '../database/status-list.js';

/** Whom an activity goes to. */
export interface Addressing {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly recipients: readonly string[];
}

/** The scopes a status can be moved to. `direct` is accepted and changes nothing, as in the instance. */
export const scopes = ['public', 'unlisted', 'private', 'direct'] as const;
export type Scope = (typeof scopes)[number];

/**
 * The addressing of a status in another scope, each address once
 * (docs/instance/moderation.md#changing-the-scope-of-a-status).
 * @param followers follower_address of the author; null leaves it out.
 */
export function inScope(
  scope: Scope,
  { to, cc, recipients }: Addressing,
  followers: string | null,
): Addressing {
  const those = followers === null ? [] : [followers];
  switch (scope) {
    case 'public':
      return distinct({
        to: [publicAddress, ...without(to, followers)],
        cc: [...those, ...without(cc, publicAddress)],
        recipients: [publicAddress, ...recipients],
      });
    case 'private':
      return distinct({
        to: [...those, ...without(to, publicAddress)],
        cc: without(cc, publicAddress),
        recipients: without(recipients, publicAddress),
      });
    case 'unlisted':
      return distinct({
        to: [...those, ...without(to, publicAddress)],
        cc: [publicAddress, ...without(cc, followers)],
        recipients: [...recipients, ...those, publicAddress],
      });
    case 'direct':
      return { to, cc, recipients };
  }
}

/** The list without the first of these. */
function without(list: readonly string[], address: string | null): string[] {
  const place = list.findIndex((item) => item === address);
  return list.filter((_item, index) => index !== place);
}

function distinct({ to, cc, recipients }: Addressing): Addressing {
  return { to: [...new Set(to)], cc: [...new Set(cc)], recipients: [...new Set(recipients)] };
}
