import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { createAttempts } from '../../src/auth/attempts.js';
import { hashPassword } from '../../src/auth/password.js';
import { uuidFromFlake } from '../../src/database/flake.js';
import { wholeSeconds } from '../../src/database/time.js';
import { configRules } from '../../src/instance/config-rules.js';
import { examples } from '../../src/rest/schemas/examples.js';
import { createApp, type AppDependencies } from '../../src/server/app.js';
import { writeLogRow, writeRule } from './cases.js';
import { createClient, type Client } from './client.js';
import { storeSetting } from './config.js';
import { testLogger } from './log-sink.js';
import { makePosts } from './posts.js';
import { adminSecret, baseUrl, type World } from './world.js';

const hashes = new Map<string, Promise<string>>();
/** Hashing is slow on purpose: once is enough. */
function hashOf(secret: string, family: World['family']): Promise<string> {
  const hash = hashes.get(secret) ?? hashPassword(secret, family);
  hashes.set(secret, hash);
  return hash;
}

/**
 * Makes the world in which the examples of the OpenAPI document are true, before every test: {@link examples} and everything they need.
 * @returns the admin's client, of a Steward with a mail server and files to import from and export to.
 */
export function useExampleWorld(
  world: World,
): (otherwise?: Partial<AppDependencies>) => Promise<Client> {
  const home = mkdtempSync(join(tmpdir(), 'steward-examples-'));
  const importFile = join(home, 'prod.secret.exs');
  writeFileSync(importFile, 'import Config\nconfig :pleroma, :instance, name: "Home"\n');
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });
  let putBack: (() => Promise<void>) | undefined;
  beforeEach(async () => {
    if (putBack) return putBack();
    await populate(world);
    putBack = await world.keep();
  });
  return async (otherwise = {}) => {
    const source = {
      ...world.source,
      config: configRules({ importFile, exportDirectory: home }),
      mailer: { send: () => Promise.resolve() },
    };
    const app = createApp({
      database: source.database,
      source,
      waysIn: { adminSecret, basicAuth: true },
      log: testLogger(),
      attempts: createAttempts(1_000),
      ...otherwise,
    });
    return createClient(app, await world.token(world.admin));
  };
}

async function populate(world: World): Promise<void> {
  const posts = makePosts(world);
  const { pool, prisma } = world.database;
  const uuid = (flake: string): string => uuidFromFlake(flake) ?? '';
  const stamps = { insertedAt: wholeSeconds(new Date()), updatedAt: wholeSeconds(new Date()) };
  const validUntil = new Date(Date.now() + 86_400_000);

  const tags = ['mrf_tag:media-strip'];
  const mira = await world.user({
    nickname: examples.nickname,
    id: uuid(examples.accountId),
    isAdmin: true,
    tags,
    passwordHash: await hashOf(examples.password, world.family),
  });
  const codes = [await hashOf(examples.recoveryCode, world.family)];
  const jonas = await world.user({
    nickname: examples.otherNickname,
    tags,
    multiFactorAuthenticationSettings: { enabled: true, backup_codes: codes },
  });
  await world.user({ nickname: examples.unconfirmedNickname, isConfirmed: false });
  await world.user({ nickname: examples.unapprovedNickname, isApproved: false });
  const stranger = await world.user({ nickname: `stranger@${examples.remoteHost}` });
  await world.follow(jonas, mira);

  const own = await world.user({
    nickname: 'relay',
    apId: `${baseUrl}/relay`,
    invisible: true,
    actorType: 'Application',
  });
  const relay = await world.user({ nickname: 'relay@relay.example', apId: examples.relay });
  await world.user({ nickname: 'hub@hub.example', apId: examples.otherRelay });
  await posts.act({ ...own, apId: `${baseUrl}/relay` }, 'Follow', examples.relay, {
    state: 'accept',
  });
  await world.follow(own, relay);

  await posts.status(stranger);
  const attachment = [
    {
      type: 'Document',
      mediaType: 'image/png',
      name: 'A cat',
      url: [{ href: `${baseUrl}/media/cat.png`, mediaType: 'image/png' }],
    },
  ];
  const parent = await posts.status(mira);
  const status = await posts.status(jonas, {
    hashtags: ['tea'],
    object: {
      attachment,
      inReplyTo: parent.apId,
      reactions: [['🍵', [mira.apId], null]],
      emoji: { blobcat: `${baseUrl}/emoji/blobcat.png` },
    },
  });
  await posts.status(jonas, {
    object: {
      type: 'Question',
      oneOf: [
        { name: 'Tea', replies: { totalItems: 2 } },
        { name: 'Coffee', replies: { totalItems: 0 } },
      ],
      closed: '2026-11-21T00:09:27Z',
    },
  });
  await posts.act(jonas, 'Announce', parent.apId);
  await pool.query('update activities set id = $1 where id = $2', [
    uuid(examples.statusId),
    status.id,
  ]);
  const report = await posts.report(mira, jonas, [status]);
  await pool.query('update activities set id = $1 where id = $2', [
    uuid(examples.reportId),
    report.id,
  ]);
  await prisma.reportNote.create({
    data: {
      id: BigInt(examples.noteId),
      userId: mira.id,
      activityId: uuid(examples.reportId),
      content: 'words',
      ...stamps,
    },
    select: { id: true },
  });
  await writeLogRow(
    world,
    {
      actor: { id: mira.databaseId, nickname: mira.nickname, type: 'user' },
      action: 'relay_follow',
      target: examples.relay,
    },
    new Date(),
  );

  await storeSetting(
    world,
    ':pleroma',
    ':instance',
    '[name: "Home", notify_email: "noreply@home.example", registrations_open: false, invites_enabled: true]',
  );
  await prisma.invite.create({
    data: { token: examples.inviteToken, inviteType: 'reusable', maxUse: 10, ...stamps },
    select: { id: true },
  });

  const scopes = ['read', 'write', 'follow', 'push', 'admin'];
  const { id: appId } = await prisma.oAuthApp.create({
    data: {
      clientName: 'A dashboard',
      redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes,
      clientId: examples.clientId,
      clientSecret: examples.clientSecret,
      ...stamps,
    },
    select: { id: true },
  });
  await prisma.oAuthApp.create({
    data: {
      id: BigInt(examples.appId),
      clientName: 'Nobody uses it',
      redirectUris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes,
      clientId: 'unused',
      clientSecret: 'unused',
      ...stamps,
    },
    select: { id: true },
  });
  await writeRule(world, { id: examples.ruleId });
  await prisma.announcement.create({
    data: {
      id: uuid(examples.announcementId),
      data: { content: 'words', all_day: false },
      rendered: { content: 'words' },
      ...stamps,
    },
    select: { id: true },
  });
  await prisma.oAuthToken.create({
    data: { appId, userId: mira.id, token: examples.revokedToken, scopes, validUntil, ...stamps },
    select: { id: true },
  });
  const { id: authorizationId } = await prisma.oAuthAuthorization.create({
    data: { appId, userId: jonas.id, token: 'code', scopes, validUntil, ...stamps },
    select: { id: true },
  });
  await prisma.mfaToken.create({
    data: { userId: jonas.id, authorizationId, token: examples.mfaToken, validUntil, ...stamps },
    select: { id: true },
  });
}
