import { invites } from './data/invites.js';
import { remoteServers } from './data/remote-people.js';
import { days, later, naive, paddedToken, timestamps, type Row, type World } from './world.js';

/** Rows of `user_invite_tokens`. */
export function inviteRows(world: World): Row[] {
  return invites.map(
    ({ type, createdDaysAgo, uses, used = false, maxUse, expiresInDays }, index) => {
      const lastDay =
        expiresInDays === undefined
          ? null
          : naive(later(world.now, expiresInDays * days)).slice(0, 10);
      const limits = {
        used,
        uses: uses ?? (used ? 1 : 0),
        max_use: maxUse ?? null,
        expires_at: lastDay,
      };
      return {
        id: index + 1,
        token: paddedToken(world.random),
        invite_type: type,
        ...limits,
        ...timestamps(world.daysAgo(createdDaysAgo)),
      };
    },
  );
}

/** Rows of `instances`: the servers the sample has met. */
export function instanceRows(world: World): Row[] {
  return remoteServers.map(({ host, software, version, unreachableDays }, index) => ({
    id: index + 1,
    host,
    unreachable_since: unreachableDays === undefined ? null : naive(world.daysAgo(unreachableDays)),
    nodeinfo: {
      version: '2.0',
      software: { name: software, version },
      protocols: ['activitypub'],
      openRegistrations: false,
    },
    metadata_updated_at: naive(world.daysAgo(1)),
    ...timestamps(world.daysAgo(300 - index)),
  }));
}

/** A row of `apps`: the dashboard. There are no tokens; Steward prints its own. */
export function appRows({ random, daysAgo }: World): Row[] {
  const secret = (): string => random.bytes(32).toString('base64url');
  return [
    {
      id: 1,
      client_name: 'AdminFE',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
      website: null,
      trusted: false,
      scopes: ['read', 'write', 'follow', 'push', 'admin'],
      client_id: secret(),
      client_secret: secret(),
      ...timestamps(daysAgo(600)),
    },
  ];
}
