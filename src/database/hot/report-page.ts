import { accountsByApIds, type AccountRow } from '../accounts.js';
import type { Database } from '../database.js';
import type { StatusRow } from '../statuses.js';
import { statusesByApIds } from '../status-references.js';
import type { UserColumn } from './user-columns.js';

/** What the items of one page of reports speak of, looked up for all of them at once. */
export interface ReportPage {
  readonly account: (apId: string) => AccountRow | undefined;
  readonly status: (apId: string) => StatusRow | undefined;
}

interface Wanted {
  /** ap_ids of accounts. */
  readonly accounts: readonly string[];
  /** ActivityPub ids of statuses. */
  readonly statuses: readonly string[];
  readonly withAuthors: boolean;
  /** Of the statuses' objects; undefined = all of them. */
  readonly objectKeys: readonly string[] | undefined;
  /** Of accounts; `apId` must be among them. */
  readonly columns: readonly UserColumn[];
  readonly make: () => object;
}

/** Reads it level by level: the statuses, then all accounts, their authors among them. One statement each, none where nothing is wanted. */
export async function readReportPage(
  database: Database,
  { accounts, statuses, withAuthors, objectKeys, columns, make }: Wanted,
): Promise<ReportPage> {
  const statusRows =
    statuses.length === 0
      ? new Map<string, StatusRow>()
      : await statusesByApIds(database, [...new Set(statuses)], objectKeys);
  const authors = withAuthors ? [...statusRows.values()].flatMap(({ actor }) => actor ?? []) : [];
  const apIds = [...new Set([...accounts, ...authors])];
  const accountRows =
    apIds.length === 0 ? [] : await accountsByApIds(database, apIds, columns, make);
  const byApId = new Map(accountRows.map((row) => [row.apId, row]));
  return { account: (apId) => byApId.get(apId), status: (apId) => statusRows.get(apId) };
}
