import { randomBytes } from 'node:crypto';
import type { Database } from '../database.js';
import { wholeSeconds } from '../time.js';

const clientName = 'Steward';
const scopes = ['read', 'write', 'follow', 'push', 'admin'];

/** The bearer token by which a newcomer gets into the sample instance, and whose it is. */
export interface SampleToken {
  readonly token: string;
  readonly nickname: string;
}

/** The token of the sample instance's first admin: made once and then kept. */
export async function sampleToken(database: Database): Promise<SampleToken> {
  return (await keptToken(database)) ?? makeToken(database);
}

async function keptToken(database: Database): Promise<SampleToken | undefined> {
  const [row] = await database.read(
    `select t.token, u.nickname from oauth_tokens t join apps a on a.id = t.app_id join users u on u.id = t.user_id
     where a.client_name = $1 and a.user_id = u.id and u.local and u.is_admin and u.is_active order by u.id, t.id limit 1`,
    [clientName],
    2,
  );
  return row && { token: row[0] ?? '', nickname: row[1] ?? '' };
}

function makeToken(database: Database): Promise<SampleToken> {
  return database.transaction(async (tx) => {
    const { id, nickname } = await tx.user.findFirstOrThrow({
      where: { local: true, isAdmin: true, isActive: true },
      orderBy: { id: 'asc' },
      select: { id: true, nickname: true },
    });
    const time = wholeSeconds(new Date());
    const validUntil = new Date(time.getTime() + 100 * 365 * 86_400_000);
    const stamps = { insertedAt: time, updatedAt: time };
    const [token, refreshToken, clientId, clientSecret] = Array.from({ length: 4 }, () =>
      randomBytes(32).toString('base64url'),
    ) as [string, string, string, string];
    const app = await tx.oAuthApp.create({
      data: {
        clientName,
        redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
        scopes,
        clientId,
        clientSecret,
        userId: id,
        ...stamps,
      },
      select: { id: true },
    });
    await tx.oAuthToken.create({
      data: { appId: app.id, userId: id, token, refreshToken, scopes, validUntil, ...stamps },
    });
    return { token, nickname: nickname ?? '' };
  });
}
