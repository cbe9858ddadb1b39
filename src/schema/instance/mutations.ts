import type { InputFieldBuilder } from '@pothos/core';
import {
  emojiReload,
  instanceRestart,
  mediaProxyCacheDelete,
  mediaProxyCachePurge,
} from '../../resolvers/instance/by-module.js';
import type { builder } from '../builder.js';
import { mutation } from '../mutation.js';

const byModule =
  'The instance does it, by its companion module (docs/instance-module.md); UNSUPPORTED without the module.';
const dryRun = (t: InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>) => ({
  dryRun: t.boolean({ description: 'Only says whether it could be done.' }),
});
const urlsDescription = 'Addresses of media on other instances, 1 to 100.';

mutation('instanceRestart', {
  description: `Restarts the instance: five seconds later it is away for about half a second. ${byModule} REST: \`GET /restart\`.`,
  input: dryRun,
  run: (context, input) => instanceRestart(context, { dryRun: input.dryRun === true }),
  payload: () => ({}),
});

mutation('emojiReload', {
  description: `Reads the emoji from the disk of the instance again. ${byModule} REST: \`POST /reload_emoji\`.`,
  input: dryRun,
  run: (context, input) => emojiReload(context, { dryRun: input.dryRun === true }),
  payload: () => ({}),
});

mutation('mediaProxyCachePurge', {
  description: `Removes media from the cache of the media proxy and bans them. ${byModule} REST: \`POST /media_proxy_caches/purge\`.`,
  input: (t) => ({
    urls: t.stringList({ required: true, description: urlsDescription }),
    ban: t.boolean({ description: 'Whether they are never fetched again. Default: true.' }),
    ...dryRun(t),
  }),
  run: (context, { urls, ban, ...given }) =>
    mediaProxyCachePurge(context, { urls, ban: ban ?? true, dryRun: given.dryRun === true }),
  payload: () => ({}),
});

mutation('mediaProxyCacheDelete', {
  description: `Lifts the ban of media, so that the media proxy fetches them again. ${byModule} REST: \`POST /media_proxy_caches/delete\`.`,
  input: (t) => ({
    urls: t.stringList({ required: true, description: urlsDescription }),
    ...dryRun(t),
  }),
  run: (context, { urls, ...given }) =>
    mediaProxyCacheDelete(context, { urls, dryRun: given.dryRun === true }),
  payload: () => ({}),
});
