import type { Access } from '../../auth/access.js';
import { failure, refuse } from '../../errors.js';
import type { CompanionArgs } from '../../federation/jobs.js';
import { leaveForCompanion } from '../notice.js';
import { operation, type Operation } from '../operation.js';

interface Rehearsal {
  /** Only says whether it could be done. */
  readonly dryRun?: boolean;
}

interface Definition<Input> {
  readonly name: string;
  readonly access: Access;
  /** Why Steward cannot do it by itself. */
  readonly reason: string;
  /** @throws OperationError for input that breaks a rule. */
  readonly argsOf: (input: Input) => CompanionArgs;
}

const howTo = 'With the companion module in the instance Steward can: docs/instance-module.md.';

/**
 * What only the instance's own process can do, and does for Steward where it has the companion module.
 * @returns the operation; it throws UNSUPPORTED, which says why, without the module.
 */
function byModule<Input>({
  name,
  access,
  reason,
  argsOf,
}: Definition<Input>): Operation<Input & Rehearsal, void> {
  return operation({
    name,
    access,
    run: async (context, input) => {
      if (!context.companion.isThere) throw failure('UNSUPPORTED', `${reason} ${howTo}`);
      const args = argsOf(input);
      if (input.dryRun === true) return;
      await context.database.transaction((tx) => leaveForCompanion(context, tx, args));
      // What the next start reads is no longer due.
      if (args.op === 'restart')
        Object.assign(context.config.reboot, { writtenAt: undefined, askedAt: undefined });
    },
  });
}

const write = { role: 'admin', scope: 'admin:write' } as const;
const writeAsStaff = {
  role: 'staff',
  scope: 'admin:write',
  pleroma: { privilege: 'emoji_manage_emoji' },
} as const;
const writeCaches = { role: 'admin', scope: 'admin:write:media_proxy_caches' } as const;

/** Restarts the instance; it is away for about half a second, five seconds later. */
export const instanceRestart = byModule<object>({
  name: 'instanceRestart',
  access: write,
  reason:
    'The instance is another process, which Steward cannot restart; its own service manager can.',
  argsOf: () => ({ op: 'restart' }),
});

/** Has the instance read its emoji from the disk again. */
export const emojiReload = byModule<object>({
  name: 'emojiReload',
  access: writeAsStaff,
  reason:
    'The instance keeps its emoji in memory; it reads them when it starts, or by its own API.',
  argsOf: () => ({ op: 'reload_emoji' }),
});

export interface MediaAddresses {
  /** Addresses of media on other instances: 1 to 100. */
  readonly urls: readonly string[];
}

/** Removes media from the cache of the media proxy; with `ban` they are not fetched again. */
export const mediaProxyCachePurge = byModule<MediaAddresses & { readonly ban: boolean }>({
  name: 'mediaProxyCachePurge',
  access: writeCaches,
  reason: 'The media proxy and its cache belong to the instance; only it can empty them.',
  argsOf: ({ urls, ban }) => ({
    op: 'purge_media',
    urls: demandUrls(urls),
    ...(ban ? { ban } : {}),
  }),
});

/** Lifts the ban of media. */
export const mediaProxyCacheDelete = byModule<MediaAddresses>({
  name: 'mediaProxyCacheDelete',
  access: writeCaches,
  reason:
    'The media proxy keeps what is banned in the memory of the instance, where only it can remove it.',
  argsOf: ({ urls }) => ({ op: 'purge_media', urls: demandUrls(urls), ban: false }),
});

const maxUrls = 100;
const maxUrlLength = 2_000;

function demandUrls(urls: readonly string[]): readonly string[] {
  if (urls.length < 1 || urls.length > maxUrls) {
    throw failure('INVALID', `urls must hold 1 to ${String(maxUrls)} addresses.`, ['urls']);
  }
  refuse(
    urls.flatMap((url, index) => {
      const isAddress =
        /^https?:\/\//i.test(url) && URL.canParse(url) && url.length <= maxUrlLength;
      const message = 'urls must hold addresses such as "https://remote.example/media/1.png".';
      return isAddress
        ? []
        : [{ code: 'INVALID' as const, message, inputPath: ['urls', String(index)] }];
    }),
  );
  return urls;
}
