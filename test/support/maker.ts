import { randomBytes } from 'node:crypto';
import type { Database } from '../../src/database/database.js';
import { flakeFromUuid, newFlake } from '../../src/database/flake.js';
import type { Prisma } from '../../src/database/generated/prisma/client.js';
import { wholeSeconds } from '../../src/database/time.js';
import { encodeTerm } from '../../src/erlang/encode.js';
import { atom, boolean, integer, list, text, tuple, type Term } from '../../src/erlang/term.js';

/** An account made for a test. */
export interface TestUser {
  /** uuid of the row. */
  readonly id: string;
  /** The id clients see. */
  readonly databaseId: string;
  readonly nickname: string;
  readonly apId: string;
}

export type Plain =
  | boolean
  | number
  | string
  | readonly string[]
  /** A list of atoms, as privileges are. */
  | { readonly atoms: readonly string[] };

/** Builds the world of a test step by step. */
export interface Maker {
  /** A local account, or with an `@` in its nickname a remote one. */
  user(
    attributes: Partial<Prisma.UserUncheckedCreateInput> & { nickname: string },
  ): Promise<TestUser>;
  /** A bearer token; by default with the scopes of a dashboard, valid for a year. */
  token(user: TestUser, scopes?: readonly string[], validUntil?: Date): Promise<string>;
  /** An accepted follow with right counters, or in another state without. */
  follow(follower: TestUser, followed: TestUser, state?: number): Promise<void>;
  /** `config` row of `:pleroma, key` holding a keyword list. */
  config(key: string, values: Readonly<Record<string, Plain>>): Promise<void>;
  /** The same in another group. */
  setting(group: string, key: string, values: Readonly<Record<string, Plain>>): Promise<void>;
}

export const dashboardScopes = ['read', 'write', 'follow', 'push', 'admin'];

export function createMaker({ prisma }: Database, baseUrl: string): Maker {
  const now = (): Date => wholeSeconds(new Date());
  const stamps = () => ({ insertedAt: now(), updatedAt: now() });
  const setting: Maker['setting'] = async (group, key, values) => {
    const value = encodeTerm(
      list(Object.entries(values).map(([name, plain]) => tuple(atom(name), termOf(plain)))),
    );
    await prisma.configEntry.create({
      data: { group, key, value: new Uint8Array(value), ...stamps() },
      select: { id: true },
    });
  };
  return {
    async user({ nickname, id = newFlake(), ...attributes }) {
      const [name, host] = nickname.split('@');
      const apId =
        host === undefined
          ? `${baseUrl}/users/${nickname}`
          : `https://${host}/users/${String(name)}`;
      const base = {
        id,
        nickname,
        name: nickname,
        bio: '',
        apId,
        local: host === undefined,
        followerAddress: `${apId}/followers`,
        followingAddress: `${apId}/following`,
        lastActiveAt: now(),
        ...stamps(),
      };
      await prisma.user.create({
        data: {
          ...base,
          ...(host === undefined ? { email: `${nickname}@mail.example` } : {}),
          ...attributes,
        },
        select: { id: true },
      });
      return { id, databaseId: flakeFromUuid(id), nickname, apId };
    },
    async token(
      user,
      scopes = dashboardScopes,
      validUntil = new Date(Date.now() + 365 * 86_400_000),
    ) {
      const app =
        (await prisma.oAuthApp.findFirst({ orderBy: { id: 'asc' }, select: { id: true } })) ??
        (await prisma.oAuthApp.create({
          data: {
            clientName: 'test',
            redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
            scopes: dashboardScopes,
            ...stamps(),
          },
          select: { id: true },
        }));
      const token = randomBytes(32).toString('base64url');
      await prisma.oAuthToken.create({
        data: {
          appId: app.id,
          userId: user.id,
          token,
          scopes: [...scopes],
          validUntil,
          ...stamps(),
        },
        select: { id: true },
      });
      return token;
    },
    async follow(follower, followed, state = 2) {
      await prisma.followingRelationship.create({
        data: { followerId: follower.id, followingId: followed.id, state, ...stamps() },
        select: { id: true },
      });
      if (state !== 2) return;
      await prisma.user.update({
        where: { id: followed.id },
        data: { followerCount: { increment: 1 } },
        select: { id: true },
      });
      await prisma.user.update({
        where: { id: follower.id },
        data: { followingCount: { increment: 1 } },
        select: { id: true },
      });
    },
    config: (key, values) => setting(':pleroma', key, values),
    setting,
  };
}

function termOf(plain: Plain): Term {
  if (typeof plain === 'boolean') return boolean(plain);
  if (typeof plain === 'number') return integer(plain);
  if (typeof plain === 'string') return text(plain);
  return 'atoms' in plain ? list(plain.atoms.map(atom)) : list(plain.map(text));
}
