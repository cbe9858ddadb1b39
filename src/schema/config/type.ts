import type { ConfigRow } from '../../database/config.js';
import { plainJson } from '../../resolvers/config/json.js';
import { configList, configShow } from '../../resolvers/config/list.js';
import { waitsForReboot } from '../../resolvers/config/reboot.js';
import { elixirOf, jsonOf, storedKeys, termOf } from '../../resolvers/config/setting.js';
import { builder } from '../builder.js';
import { nodeAccess } from '../node-access.js';

nodeAccess('ConfigEntry', configShow, 'number');

/** A row of the instance's `config` table: read whole, for most fields are made of the value. */
export const ConfigEntry = builder.objectRef<ConfigRow>('ConfigEntry');

builder.node(ConfigEntry, {
  description:
    'A setting stored in the database. Admins with `admin:read` only. The instance reads the table when it starts: what changes here is seen after its next restart, or at once where it has the companion module.',
  id: { resolve: ({ id }) => id.toString(), description: 'Global id, for `node` and caches.' },
  loadOne: async (id, { operation }) =>
    (await configList(operation, {})).find((row) => row.id.toString() === id),
  fields: (t) => ({
    databaseId: t.id({
      nullable: false,
      description: 'Id of the row.',
      resolve: ({ id }) => id.toString(),
    }),
    group: t.string({
      nullable: false,
      description: 'Application the setting belongs to, as stored: `:pleroma`.',
      resolve: ({ group }) => group ?? '',
    }),
    key: t.exposeString('key', {
      nullable: false,
      description: 'Name of the setting, as stored: `:instance`, `Pleroma.Upload`.',
    }),
    value: t.field({
      type: 'JSON',
      description:
        'The value in the JSON of `/config`: `":name"` is an atom, `{"tuple": […]}` a tuple, a list of pairs a keyword list. An integer beyond 2^53 is `{"integer": "…"}`, a whole float looks like an integer; `elixir` is exact. Null for nil, and when the value has no JSON (see `fault`).',
      args: { reveal: t.arg.boolean({ description: 'Show secrets instead of `********`.' }) },
      resolve: (row, { reveal }) => {
        const { value } = jsonOf(row, reveal === true);
        return value === undefined ? null : plainJson(value);
      },
    }),
    elixir: t.string({
      description:
        'The value as Elixir writes it, e.g. `[name: "Town", limit: 5000]`: nothing is lost. Null when it has no text.',
      args: { reveal: t.arg.boolean({ description: 'Show secrets instead of `"********"`.' }) },
      resolve: (row, { reveal }) => elixirOf(row, reveal === true).value,
    }),
    storedKeys: t.stringList({
      nullable: false,
      description:
        'The keys of a keyword list, else the key of the setting itself; what `db` is in REST.',
      resolve: keysOf,
    }),
    needsReboot: t.boolean({
      nullable: false,
      description:
        "Whether a change made in the instance's own dashboard needs a reboot, too. A change made through Steward without the companion module always does.",
      resolve: (row, _args, { operation }) =>
        waitsForReboot(
          operation.database.family,
          { group: row.group ?? '', key: row.key },
          termOf(row, true).value,
        ),
    }),
    fault: t.string({
      description:
        'Why `value` is null although something is stored: what is stored has no JSON, or is no term at all.',
      resolve: (row) => jsonOf(row, false).fault,
    }),
    createdAt: t.expose('insertedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the row was made.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When the row last changed.',
    }),
  }),
});

function keysOf(row: ConfigRow): string[] {
  const { value } = termOf(row, false);
  return value === undefined ? [] : [...storedKeys(row.key, value)];
}
