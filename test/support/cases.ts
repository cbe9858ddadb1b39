import { wholeSeconds } from '../../src/database/time.js';
import type { TestUser } from './maker.js';
import type { TestReport } from './posts.js';
import type { World } from './world.js';

/** A note on a report, as the instance would have stored it; returns its id. */
export async function writeNote(
  world: World,
  author: TestUser,
  report: TestReport,
  content: string,
): Promise<bigint> {
  const time = wholeSeconds(new Date());
  const { id } = await world.database.prisma.reportNote.create({
    data: { userId: author.id, activityId: report.id, content, insertedAt: time, updatedAt: time },
    select: { id: true },
  });
  return id;
}

/** A rule of the instance; returns its id, and that of none on Akkoma, which has no rules. */
export async function writeRule(
  world: World,
  {
    id,
    text = 'Be kind',
    priority = 0,
    hint = null,
  }: { id?: string; text?: string; priority?: number; hint?: string | null } = {},
): Promise<string> {
  if (!world.database.schema.optional.rules) return '1';
  const {
    rows: [rule],
  } = await world.database.pool.query<{ id: string }>(
    `insert into rules (id, text, priority, hint, inserted_at, updated_at)
     values (coalesce($4::bigint, nextval('rules_id_seq')), $1, $2, $3, '2026-01-01', '2026-01-01')
     returning id::text`,
    [text, priority, hint, id ?? null],
  );
  return rule?.id ?? '';
}

/** A row of the moderation log, as any generation may have left it; returns its id. */
export async function writeLogRow(world: World, data: object, time: Date): Promise<bigint> {
  const { id } = await world.database.prisma.moderationLogEntry.create({
    data: { data, insertedAt: wholeSeconds(time), updatedAt: wholeSeconds(time) },
    select: { id: true },
  });
  return id;
}
