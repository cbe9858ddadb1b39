import { writeNote } from '../support/cases.js';
import type { TestUser } from '../support/maker.js';
import { makePosts } from '../support/posts.js';
import type { World } from '../support/world.js';

/** An account, and what of theirs a mutation can be aimed at. */
export interface Target {
  readonly nickname: string;
  readonly status: string;
  /** About the account. */
  readonly report: string;
  /** On that report, by the account. */
  readonly note: string;
}

/** Gives an account all that makes it a target. */
export async function makeTarget(
  world: World,
  account: TestUser,
  reporter: TestUser,
): Promise<Target> {
  const posts = makePosts(world);
  const status = await posts.status(account);
  const report = await posts.report(reporter, account, [status]);
  const note = await writeNote(world, account, report, 'mine');
  return {
    nickname: account.nickname,
    status: status.databaseId,
    report: report.databaseId,
    note: String(note),
  };
}

/** The input of a mutation, about the target instead of whomever it was about; undefined when it is about no account. */
export function aimedAt(
  input: object,
  { nickname, status, report, note }: Target,
): object | undefined {
  const replacements: Readonly<Record<string, unknown>> = {
    user: { nickname },
    follower: { nickname },
    users: [{ nickname }],
    status: { databaseId: status },
    report: { databaseId: report },
    note: { databaseId: note },
    reports: [{ report: { databaseId: report }, state: 'RESOLVED' }],
  };
  const isAimable = (key: string, value: unknown): boolean =>
    key in replacements && !JSON.stringify(value).includes('password');
  const entries = Object.entries(input);
  return entries.some(([key, value]) => isAimable(key, value))
    ? Object.fromEntries(
        entries.map(([key, value]) => [
          key,
          isAimable(key, value) ? replacements[key] : (value as unknown),
        ]),
      )
    : undefined;
}
