import { describe, expect, it } from 'vitest';
import { family } from '../support/engine.js';
import { kindsOf, type Kind, type Surroundings } from '../support/odd/kinds.js';
import { grouped, odditiesOf, readRow, type Oddity } from '../support/odd/rows.js';
import { insertThing, Trial } from '../support/odd/trial.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const isLong = process.env['FUZZ_REQUESTS'] !== undefined;
/** Odd things on one page, and what is odd about each of them; in a longer run one thing each. */
const [pageSize, perThing] = isLong ? [40, 1] : [30, 10];
/** How many of a kind are shown alone, and how many changed. */
const [maxShown, maxChanged] = isLong ? [Infinity, Infinity] : [40, 60];

const names = [
  'status',
  'preview',
  'boost',
  'report',
  'user',
  'announcement',
  'invite',
  'app',
  'log entry',
  'note',
  'setting',
  ...(family === 'pleroma' ? ['rule'] : []),
];

async function surroundings(): Promise<Surroundings> {
  const [author, other] = [
    await world.user({ nickname: 'author' }),
    await world.user({ nickname: 'other' }),
  ];
  const posts = makePosts(world);
  const status = await posts.status(author);
  const report = await posts.report(other, author, [status]);
  return {
    author,
    other,
    report,
    statusApId: status.apId,
    user: await readRow(world.database.pool, 'users', author.id),
  };
}

/** So many of them, spread over all. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter(
    (_item, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
}

async function groupsOf(kind: Kind): Promise<readonly (readonly Oddity[])[]> {
  const { parts } = kind.make(0, 'odd');
  const all = await Promise.all(
    kind.odd.map((table) => odditiesOf(world.database.pool, table, parts[table] ?? {})),
  );
  return grouped(all.flat(), perThing);
}

async function trialsOf(name: string): Promise<Trial[]> {
  const around = await surroundings();
  const client = await world.asAdmin();
  const trials: Trial[] = [];
  for (const kind of kindsOf(around).filter((one) => one.name.startsWith(name))) {
    const sentinel = await insertThing(world, kind, [], 'sentinel');
    trials.push(new Trial(world, client, kind, sentinel?.id ?? ''));
  }
  return trials;
}

describe('whatever is odd about a row that somebody else wrote', () => {
  it.each(names)('every list still shows the others: %s', { timeout: 3_600_000 }, async (name) => {
    for (const trial of await trialsOf(name)) {
      const groups = await groupsOf(trial.kind);
      for (let at = 0; at < groups.length; at += pageSize)
        await trial.list(groups.slice(at, at + pageSize));
      await trial.show(spread(groups, maxShown));
      expect(trial.faults).toEqual([]);
    }
  });

  it.each(names)(
    'a change of it succeeds or is refused with a code: %s',
    { timeout: 3_600_000 },
    async (name) => {
      for (const trial of await trialsOf(name)) {
        if (trial.kind.changes('').length > 0)
          await trial.change(spread(await groupsOf(trial.kind), maxChanged));
        expect(trial.faults).toEqual([]);
      }
      const admin = await world.asAdmin();
      for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin'])
        expect((await admin.rest('GET', `${prefix}/moderation_log?page_size=1000`)).status).toBe(
          200,
        );
      await admin.data(
        '{ moderationLog(first: 100) { nodes { databaseId message data subjects { name } } } }',
      );
    },
  );
});
