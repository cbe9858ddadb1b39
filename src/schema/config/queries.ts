import type { ConfigRow } from '../../database/config.js';
import { configList, configShow } from '../../resolvers/config/list.js';
import { builder } from '../builder.js';
import { serialConnection } from '../connection.js';
import { ConfigEntry } from './type.js';

const ConfigFilter = builder.inputType('ConfigFilter', {
  description: 'All given conditions must match. A name matches with or without its colon.',
  fields: (t) => ({
    groups: t.stringList({ description: 'One of these, e.g. `:pleroma`.' }),
    keys: t.stringList({ description: 'One of these, e.g. `:instance`.' }),
  }),
});

builder.queryField('configEntries', (t) =>
  t.connection(
    {
      type: ConfigEntry,
      description:
        'The settings stored in the database, newest first: 50 unless `first` or `last` says otherwise, at most 100. REST: `GET /config`.',
      args: { filter: t.arg({ type: ConfigFilter, description: 'Which settings.' }) },
      resolve: (_root, { filter, ...args }, { operation }) => {
        let rows: Promise<ConfigRow[]> | undefined;
        const read = (): Promise<ConfigRow[]> =>
          (rows ??= configList(operation, {
            groups: filter?.groups ?? undefined,
            keys: filter?.keys ?? undefined,
          }));
        return serialConnection(
          args,
          async (stretch) => stretchOf(await read(), stretch),
          async () => (await read()).length,
        );
      },
    },
    {
      name: 'ConfigEntryConnection',
      description: 'A page of settings.',
      fields: (c) => ({
        totalCount: c.int({
          nullable: false,
          description: 'How many match, on all pages.',
          resolve: ({ count }) => count(),
        }),
      }),
    },
    { name: 'ConfigEntryEdge', description: 'A setting and where it stands in the list.' },
  ),
);

interface Stretch {
  readonly limit: number;
  readonly olderThan: bigint | undefined;
  readonly newerThan: bigint | undefined;
  readonly reversed: boolean;
}

/** The table is small and read whole; this cuts a page out of it, newest first unless reversed. */
function stretchOf(
  oldestFirst: readonly ConfigRow[],
  { limit, olderThan, newerThan, reversed }: Stretch,
): ConfigRow[] {
  const rows = oldestFirst.filter(
    ({ id }) =>
      (olderThan === undefined || id < olderThan) && (newerThan === undefined || id > newerThan),
  );
  return (reversed ? rows : rows.reverse()).slice(0, limit);
}

builder.queryField('configEntry', (t) =>
  t.field({
    type: ConfigEntry,
    description: 'One setting; null when the database has none of this name.',
    args: {
      group: t.arg.string({
        required: true,
        description: 'e.g. `:pleroma`; the colon may be missing.',
      }),
      key: t.arg.string({
        required: true,
        description: 'e.g. `:instance` or `Pleroma.Upload`; the colon may be missing.',
      }),
    },
    resolve: (_root, name, { operation }) => configShow(operation, name),
  }),
);
