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

/** A row of the moderation log, as any generation may have left it; returns its id. */
export async function writeLogRow(world: World, data: object, time: Date): Promise<bigint> {
  const { id } = await world.database.prisma.moderationLogEntry.create({
    data: { data, insertedAt: wholeSeconds(time), updatedAt: wholeSeconds(time) },
    select: { id: true },
  });
  return id;
}
