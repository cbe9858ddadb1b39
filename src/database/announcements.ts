import type { Transaction } from './database.js';
import { newFlake, uuidFromFlake } from './flake.js';
import type { Prisma } from './generated/prisma/client.js';
import { objectOf, textOf } from './json.js';
import { wholeSeconds } from './time.js';
import type { Stretch } from './user-list.js';

const select = {
  id: true,
  data: true,
  startsAt: true,
  endsAt: true,
  rendered: true,
  insertedAt: true,
  updatedAt: true,
} satisfies Prisma.AnnouncementSelect;

/** What the staff has to tell everybody (docs/instance/other-routes.md#announcements). */
export interface AnnouncementRow {
  /** uuid. */
  readonly id: string;
  /** As it was written. */
  readonly content: string;
  /** The same as HTML. */
  readonly html: string;
  readonly allDay: boolean;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly insertedAt: Date;
  readonly updatedAt: Date;
}

/** All that is written of an announcement. */
export type AnnouncementText = Pick<
  AnnouncementRow,
  'content' | 'html' | 'allDay' | 'startsAt' | 'endsAt'
>;

export async function listAnnouncements(
  tx: Transaction,
  { limit, offset = 0, olderThan, newerThan, reversed = false }: Stretch,
): Promise<AnnouncementRow[]> {
  const id = {
    ...(olderThan === undefined ? {} : { lt: olderThan }),
    ...(newerThan === undefined ? {} : { gt: newerThan }),
  };
  const rows = await tx.announcement.findMany({
    where: { id },
    orderBy: { id: reversed ? 'asc' : 'desc' },
    take: limit,
    skip: offset,
    select,
  });
  return rows.map(rowOf);
}

export function countAnnouncements(tx: Transaction): Promise<number> {
  return tx.announcement.count();
}

/** One announcement by the id clients know; with `lock` it stays as it is until the transaction ends. */
export async function findAnnouncement(
  tx: Transaction,
  databaseId: string,
  lock = false,
): Promise<AnnouncementRow | undefined> {
  const id = uuidFromFlake(databaseId);
  if (id === undefined) return undefined;
  if (lock) await tx.$queryRaw`select id from announcements where id = ${id}::uuid for update`;
  const row = await tx.announcement.findUnique({ where: { id }, select });
  return row ? rowOf(row) : undefined;
}

export async function insertAnnouncement(
  tx: Transaction,
  text: AnnouncementText,
  now: Date,
): Promise<AnnouncementRow> {
  const time = wholeSeconds(now);
  return rowOf(
    await tx.announcement.create({
      data: { id: newFlake(now), ...columnsOf(text), insertedAt: time, updatedAt: time },
      select,
    }),
  );
}

export async function updateAnnouncement(
  tx: Transaction,
  id: string,
  text: AnnouncementText,
  now: Date,
): Promise<AnnouncementRow> {
  return rowOf(
    await tx.announcement.update({
      where: { id },
      data: { ...columnsOf(text), updatedAt: wholeSeconds(now) },
      select,
    }),
  );
}

export async function deleteAnnouncement(tx: Transaction, id: string): Promise<void> {
  await tx.announcement.delete({ where: { id }, select: { id: true } });
}

function columnsOf({ content, html, allDay, startsAt, endsAt }: AnnouncementText) {
  return {
    data: { content, all_day: allDay },
    rendered: { content: html },
    startsAt: startsAt && wholeSeconds(startsAt),
    endsAt: endsAt && wholeSeconds(endsAt),
  };
}

function rowOf({
  data,
  rendered,
  ...row
}: Prisma.AnnouncementGetPayload<{ select: typeof select }>): AnnouncementRow {
  const written = objectOf(data);
  return {
    ...row,
    content: textOf(written['content']) ?? '',
    html: textOf(objectOf(rendered)['content']) ?? '',
    allDay: written['all_day'] === true,
  };
}
