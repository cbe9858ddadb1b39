import { randomBytes } from 'node:crypto';
import type { Database } from '../database.js';
import { wholeSeconds } from '../time.js';

const clientName = 'Steward';
const scopes = ['read', 'write', 'follow', 'push', 'admin'];

/** The bearer token by which a newcomer gets into the sample instance: its first admin's, made once and then kept. */
export async function sampleToken(database: Database): Promise<{ token: string; nickname: string }> {
  return database.transaction(async (tx) => {
    const { id, nickname } = await tx.user.findFirstOrThrow({ where: { local: true, isAdmin: true, isActive: true }, orderBy: { id: 'asc' }, select: { id: true, nickname: true } });
    const known = await tx.oAuthApp.findFirst({ where: { clientName, userId: id }, select: { id: true } });
    const kept = known && (await tx.oAuthToken.findFirst({ where: { appId: known.id, userId: id }, select: { token: true } }));
    if (kept?.token != null) return { token: kept.token, nickname: nickname ?? '' };
    const time = wholeSeconds(new Date());
    const validUntil = new Date(time.getTime() + 100 * 365 * 86_400_000);
    const stamps = { insertedAt: time, updatedAt: time };
    const secret = (): string => randomBytes(32).toString('base64url');
    const app = await tx.oAuthApp.create({ data: { clientName, redirectUris: 'urn:ietf:wg:oauth:2.0:oob', scopes, clientId: secret(), clientSecret: secret(), userId: id, ...stamps }, select: { id: true } });
    const { token } = await tx.oAuthToken.create({ data: { appId: app.id, userId: id, token: secret(), refreshToken: secret(), scopes, validUntil, ...stamps }, select: { token: true } });
    return { token: token ?? '', nickname: nickname ?? '' };
  });
}
