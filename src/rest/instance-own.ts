import { z } from 'zod';
import { failure } from '../errors.js';
import {
  emojiPackChange,
  frontendInstall,
  mediaUpload,
} from '../resolvers/instance/beyond-reach.js';
import {
  emojiReload,
  instanceRestart,
  mediaProxyCacheDelete,
  mediaProxyCachePurge,
} from '../resolvers/instance/by-module.js';
import {
  emojiPacksList,
  frontendsList,
  mediaProxyCachesList,
  userChatsList,
} from '../resolvers/instance/unseen.js';
import type { Operation } from '../resolvers/operation.js';
import { flag, wholeNumber } from './parameters.js';
import { route, type Route } from './route.js';
import { examples } from './schemas/examples.js';
import { count } from './schemas/parts.js';
import { refusal } from './schemas/refusal.js';

const anything = z.object({});
const failsWith = 'object';

const refused = ([method, path, operation, summary]: readonly [
  Route['method'],
  string,
  Operation<object, never>,
  string,
]): Route =>
  route({
    method,
    path,
    summary: `${summary}: refused, only the instance itself can`,
    operation,
    failsWith,
    input: anything,
    answers: refusal.v1,
    example: {},
    status: 501,
    run: ({ context }) => operation(context, {}),
  });

/**
 * What needs the instance's own process or disk
 * (docs/instance/admin-fe.md#invites-relays-log-and-media-proxy,
 * docs/instance/admin-fe.md#settings-documents-and-emoji): refused, so no part of the OpenAPI
 * document.
 */
export const refusedRoutes: readonly Route[] = (
  [['POST', '/frontends/install', frontendInstall, 'Install a front-end']] as const
).map(refused);

const urls = z.array(z.string());
const mediaExample = { urls: [`https://${examples.remoteHost}/media/1.png`] };

/**
 * What the instance does for Steward where it has the companion module, and what is refused elsewhere
 * (docs/instance-module.md). Answers are the instance's own.
 */
export const moduleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/restart',
    summary: 'Restart the instance; needs the companion module',
    operation: instanceRestart,
    failsWith,
    input: anything,
    answers: anything,
    refusals: { 501: refusal.v1 },
    example: {},
    run: async ({ context }) => {
      await instanceRestart(context, {});
      return {};
    },
  }),
  route({
    method: 'POST',
    path: '/reload_emoji',
    summary: 'Read the emoji from the disk again; needs the companion module',
    operation: emojiReload,
    failsWith,
    input: anything,
    answers: z.literal('ok'),
    refusals: { 501: refusal.v1 },
    example: {},
    run: async ({ context }) => {
      await emojiReload(context, {});
      return 'ok';
    },
  }),
  route({
    method: 'POST',
    path: '/media_proxy_caches/delete',
    summary: 'Lift the ban of addresses; needs the companion module',
    operation: mediaProxyCacheDelete,
    failsWith,
    input: z.object({ urls: urls.default([]) }),
    answers: anything,
    refusals: { 501: refusal.v1 },
    example: mediaExample,
    run: async ({ context, input }) => {
      await mediaProxyCacheDelete(context, input);
      return {};
    },
  }),
  route({
    method: 'POST',
    path: '/media_proxy_caches/purge',
    summary:
      'Remove addresses from the cache, and ban them unless ban is false; needs the companion module',
    operation: mediaProxyCachePurge,
    failsWith,
    input: z.object({ urls: urls.default([]), ban: flag.default(true) }),
    answers: anything,
    refusals: { 501: refusal.v1 },
    example: mediaExample,
    run: async ({ context, input }) => {
      await mediaProxyCachePurge(context, input);
      return {};
    },
  }),
];

/** What Steward can't see, in shapes dashboards can bear. */
export const unseenRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/frontends',
    summary: 'Front-ends; Steward sees none',
    operation: frontendsList,
    input: anything,
    answers: z.array(z.unknown()),
    example: {},
    run: ({ context }) => frontendsList(context, {}),
  }),
  route({
    method: 'GET',
    path: '/media_proxy_caches',
    summary: 'Addresses the media proxy does not fetch; Steward sees none',
    operation: mediaProxyCachesList,
    input: z.object({ page_size: wholeNumber({ min: 0, max: 1_000, fallback: 50 }) }),
    answers: z.object({ urls: z.array(z.string()), count, page_size: count }),
    example: { page_size: 50 },
    run: async ({ context, input }) => ({
      urls: await mediaProxyCachesList(context, {}),
      count: 0,
      page_size: input.page_size,
    }),
  }),
  route({
    method: 'GET',
    path: '/users/:nickname/chats',
    summary: 'Chats of an account: none on Akkoma, not shown on Pleroma',
    operation: userChatsList,
    input: z.object({ nickname: z.string() }),
    answers: z.array(z.unknown()),
    example: { nickname: examples.nickname },
    run: ({ context }) => userChatsList(context, {}),
  }),
];

/** Below `/api/v1`. */
export const mediaRoute: Route = refused(['POST', '/media', mediaUpload, 'Upload a file']);

/** The same for emoji packs, whose paths stand beside `/admin`. */
export const emojiRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/emoji/packs',
    summary: 'Emoji packs; Steward sees none',
    operation: emojiPacksList,
    failsWith,
    input: anything,
    answers: z.object({ packs: z.record(z.string(), z.unknown()), count }),
    example: {},
    run: async ({ context }) => ({
      packs: Object.fromEntries(await emojiPacksList(context, {})),
      count: 0,
    }),
  }),
  route({
    method: 'GET',
    path: '/emoji/pack',
    summary: 'One emoji pack; Steward sees none',
    operation: emojiPacksList,
    failsWith,
    input: z.object({ name: z.string().default('') }),
    answers: refusal.v1,
    example: {},
    status: 404,
    run: async ({ context, input }) => {
      await emojiPacksList(context, {});
      throw failure('NOT_FOUND', `Pack ${input.name.slice(0, 100)} does not exist`);
    },
  }),
  ...(['POST', 'PATCH', 'DELETE'] as const).flatMap((method) =>
    ['/emoji/pack', '/emoji/packs/files'].map((path) =>
      refused([method, path, emojiPackChange, 'Change an emoji pack']),
    ),
  ),
  ...(
    [
      ['GET', '/emoji/packs/import'],
      ['GET', '/emoji/packs/remote'],
      ['POST', '/emoji/packs/download'],
    ] as const
  ).map(([method, path]) => refused([method, path, emojiPackChange, 'Fetch emoji packs'])),
];
