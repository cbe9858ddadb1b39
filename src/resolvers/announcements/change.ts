import type { OperationContext } from '../../context.js';
import {
  deleteAnnouncement,
  findAnnouncement,
  insertAnnouncement,
  updateAnnouncement,
  type AnnouncementRow,
  type AnnouncementText,
} from '../../database/announcements.js';
import type { Transaction } from '../../database/database.js';
import { wholeSeconds } from '../../database/time.js';
import { formattedText } from '../formatted-text.js';
import { longTexts } from '../input-rules.js';
import { operation } from '../operation.js';
import {
  refuseFaults,
  unknownAnnouncement,
  writeAccess as access,
  type AnnouncementInput,
  type AnnouncementReference,
} from './rules.js';

/**
 * Announces something to everybody who is logged in (docs/instance/other-routes.md#announcements).
 * The moderation log knows no action for announcements, so none of these
 * operations writes a row there.
 * @throws OperationError INVALID for a text nobody can read, or times nobody will see it at.
 */
export const announcementCreate = operation({
  name: 'announcementCreate',
  access,
  limits: longTexts,
  run: (
    context,
    input: AnnouncementInput & { readonly content: string },
  ): Promise<AnnouncementRow> => {
    refuseFaults(input);
    const { content, startsAt = null, endsAt = null, allDay = false } = input;
    return context.database.transaction(async (tx) =>
      insertAnnouncement(
        tx,
        { content, startsAt, endsAt, allDay, html: await htmlOf(context, tx, content) },
        context.now(),
      ),
    );
  },
});

/**
 * Changes an announcement; what is not given stays (docs/instance/other-routes.md#announcements).
 * @throws OperationError INVALID as for a new one, NOT_FOUND when there is none.
 */
export const announcementUpdate = operation({
  name: 'announcementUpdate',
  access,
  limits: longTexts,
  run: (
    context,
    {
      announcement: { databaseId },
      ...input
    }: AnnouncementInput & { readonly announcement: AnnouncementReference },
  ): Promise<AnnouncementRow> =>
    context.database.transaction(async (tx) => {
      const old = await findAnnouncement(tx, databaseId, true);
      if (!old) throw unknownAnnouncement();
      const {
        content = old.content,
        startsAt = old.startsAt,
        endsAt = old.endsAt,
        allDay = old.allDay,
        lenient,
      } = input;
      refuseFaults({ content, startsAt, endsAt, lenient });
      const text: AnnouncementText = {
        content,
        startsAt,
        endsAt,
        allDay,
        html: await htmlOf(context, tx, content),
      };
      return isSame(old, text) ? old : updateAnnouncement(tx, old.id, text, context.now());
    }),
});

/** Takes an announcement back for good. @throws OperationError NOT_FOUND when there is none. */
export const announcementDelete = operation({
  name: 'announcementDelete',
  access,
  run: (
    context,
    { announcement: { databaseId } }: { readonly announcement: AnnouncementReference },
  ): Promise<AnnouncementRow> =>
    context.database.transaction(async (tx) => {
      const announcement = await findAnnouncement(tx, databaseId, true);
      if (!announcement) throw unknownAnnouncement();
      await deleteAnnouncement(tx, announcement.id);
      return announcement;
    }),
});

async function htmlOf(
  context: OperationContext,
  tx: Transaction,
  content: string,
): Promise<string> {
  return (await formattedText(context, tx, content, { wholeNicknames: true })).html;
}

function isSame(old: AnnouncementRow, text: AnnouncementText): boolean {
  const seconds = (time: Date | null): number | undefined =>
    time?.getTime() && wholeSeconds(time).getTime();
  return (
    old.content === text.content &&
    old.html === text.html &&
    old.allDay === text.allDay &&
    seconds(old.startsAt) === seconds(text.startsAt) &&
    seconds(old.endsAt) === seconds(text.endsAt)
  );
}
