import DataLoader from 'dataloader';
import {
  accountExtras,
  accountsByApIds,
  accountsByIds,
  type AccountExtras,
  type AccountRow,
} from './accounts.js';
import type { Database } from './database.js';
import { someActiveAdmins } from './deleted-accounts.js';
import type { JsonObject } from './json.js';
import { logOfReports, type LogRow } from './moderation-log.js';
import { notesOfReports, type ReportNoteRow } from './report-notes.js';
import { previewCards, requestPreviews, type PreviewRequest } from './preview-cards.js';
import { reportsAbout } from './report-list.js';
import type { ReportRow } from './reports.js';
import { rulesByIds, type RuleRow } from './rules.js';
import { countStatusesOf, listStatusesOf, type StatusCriteria } from './status-list.js';
import { objectIdsByApIds, statusesByApIds } from './status-references.js';
import { statusesByIds, type StatusRow } from './statuses.js';
import type { Stretch } from './user-list.js';

/** How many rows of a relation are given at most where it has no pages. */
export const maxRelated = 100;

/**
 * Rows of one request by key, each kind in one statement however many ask in the same turn. What was read is kept for the request;
 * {@link forget} drops it after something was written.
 */
export interface Loaders {
  readonly accountById: DataLoader<string, AccountRow | undefined>;
  readonly accountByApId: DataLoader<string, AccountRow | undefined>;
  /** Whether the instance has an active admin besides the account with this uuid. */
  readonly hasOtherAdmin: DataLoader<string, boolean>;
  /** By the account's uuid. */
  readonly extras: DataLoader<string, AccountExtras | undefined>;
  readonly statusById: DataLoader<string, StatusRow | undefined>;
  /** By the ActivityPub id of the object or of its Create activity. */
  readonly statusByApId: DataLoader<string, StatusRow | undefined>;
  /** `objects.id` by ActivityPub id. */
  readonly objectId: DataLoader<string, bigint | undefined>;
  /** By the report's uuid. */
  readonly notes: DataLoader<string, ReportNoteRow[]>;
  /** By the rule's number; none where the instance has no rules. */
  readonly rule: DataLoader<bigint, RuleRow | undefined, string>;
  /** By the report's flake text. */
  readonly reportLog: DataLoader<string, LogRow[]>;
  /** By the ap_id of the reported account. */
  readonly reportsAbout: DataLoader<string, ReportRow[]>;
  /** One page of statuses by the ap_id of the author; a loader of its own for each other page. */
  statusesOf(query: {
    readonly criteria: StatusCriteria;
    readonly stretch: Stretch;
  }): DataLoader<string, StatusRow[]>;
  statusCountOf(criteria: StatusCriteria): DataLoader<string, number | undefined>;
  /** What is known of a page, by its address. */
  readonly previewCard: DataLoader<string, JsonObject | undefined>;
  /** Asks the instance to find out about a page: the one that writes, once per page and request. */
  readonly previewRequest: DataLoader<PreviewRequest, undefined, string>;
  forget(): void;
}

/** Loaders over one database, for one request. */
export function createLoaders(database: Database): Loaders {
  const loaders = {
    accountById: byKey(async (ids: readonly string[]) =>
      index(await accountsByIds(database, ids), ({ id }) => id),
    ),
    accountByApId: byKey(async (apIds: readonly string[]) =>
      index(await accountsByApIds(database, apIds), ({ apId }) => apId),
    ),
    hasOtherAdmin: new DataLoader<string, boolean>(async (ids) => {
      const admins = await someActiveAdmins(database.prisma, 2);
      return ids.map((id) => admins.some((admin) => admin !== id));
    }),
    extras: byKey(async (ids: readonly string[]) =>
      index(await accountExtras(database, ids), ({ id }) => id),
    ),
    statusById: byKey(async (ids: readonly string[]) =>
      index(await statusesByIds(database.prisma, ids), ({ id }) => id),
    ),
    statusByApId: byKey((apIds: readonly string[]) => statusesByApIds(database, apIds)),
    objectId: byKey((apIds: readonly string[]) => objectIdsByApIds(database.prisma, apIds)),
    notes: listByKey(async (ids: readonly string[]) =>
      group(await notesOfReports(database, ids), ({ activityId }) => activityId ?? ''),
    ),
    rule: new DataLoader<bigint, RuleRow | undefined, string>(
      async (ids) => {
        const hasRules = database.schema.optional.rules;
        const rows = hasRules ? await rulesByIds(database.prisma, ids) : undefined;
        return ids.map((id) => rows?.get(String(id)));
      },
      { cacheKeyFn: String },
    ),
    reportLog: listByKey((ids: readonly string[]) =>
      logOfReports(database.prisma, ids, maxRelated),
    ),
    reportsAbout: listByKey((apIds: readonly string[]) =>
      reportsAbout(database.prisma, database.family, apIds, maxRelated),
    ),
    previewCard: byKey((urls: readonly string[]) => previewCards(database.prisma, urls)),
    previewRequest: new DataLoader<PreviewRequest, undefined, string>(
      async (requests) => {
        await requestPreviews(database.prisma, requests);
        return requests.map(() => undefined);
      },
      { cacheKeyFn: ({ url }) => url },
    ),
  };
  const pages = new Map<string, DataLoader<string, StatusRow[]>>();
  const counts = new Map<string, DataLoader<string, number | undefined>>();
  return {
    ...loaders,
    statusesOf: ({ criteria, stretch }) =>
      once(pages, { criteria, stretch }, () =>
        listByKey((authors: readonly string[]) =>
          listStatusesOf(database.prisma, authors, criteria, stretch),
        ),
      ),
    statusCountOf: (criteria) =>
      once(counts, criteria, () =>
        byKey((authors: readonly string[]) => countStatusesOf(database.prisma, authors, criteria)),
      ),
    forget: () => {
      for (const loader of Object.values(loaders)) loader.clearAll();
      pages.clear();
      counts.clear();
    },
  };
}

function byKey<Row>(
  read: (keys: readonly string[]) => Promise<Map<string, Row>>,
): DataLoader<string, Row | undefined> {
  return new DataLoader(async (keys) => {
    const rows = await read(keys);
    return keys.map((key) => rows.get(key));
  });
}

function listByKey<Row>(
  read: (keys: readonly string[]) => Promise<Map<string, Row[]>>,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const rows = await read(keys);
    return keys.map((key) => rows.get(key) ?? []);
  });
}

/** The loader for these arguments, made when they first occur. */
function once<Loader>(made: Map<string, Loader>, args: object, make: () => Loader): Loader {
  const key = JSON.stringify(args);
  const loader = made.get(key) ?? make();
  made.set(key, loader);
  return loader;
}

function index<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function group<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}
