import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivities } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { objectOf, textOf, textsOf, type JsonObject } from '../../database/json.js';
import {
  removeReactions,
  takeActivities,
  type OwnActivity,
} from '../../database/own-activities.js';
import { wholeSeconds } from '../../database/time.js';
import { activityId, undoActivity } from '../../federation/activities.js';
import type { Job } from '../../federation/jobs.js';
import { leaveJobs } from '../notice.js';

/**
 * Takes likes and boosts of one account back, in the caller's transaction: an Undo each, the lists and counts of what was liked or
 * boosted, the activities themselves, the jobs that tell other servers
 * (docs/instance/accounts.md#deleting-what-an-account-wrote).
 * @returns how many there still were.
 */
export async function undoReactions(
  context: OperationContext,
  tx: Transaction,
  actor: string,
  activities: readonly OwnActivity[],
): Promise<number> {
  const taken = await takeActivities(
    tx,
    activities.map(({ id }) => id),
  );
  const undone = activities.filter(({ id }) => taken.has(id));
  if (undone.length === 0) return 0;
  const { baseUrl, federating } = await context.instance();
  const now = context.now();
  for (const type of ['Like', 'Announce'] as const) {
    const apIds = undone
      .filter((activity) => activity.type === type)
      .map(({ data: { object } }) => textOf(object) ?? textOf(objectOf(object)['id']) ?? '');
    if (apIds.length > 0) await removeReactions(tx, type, actor, apIds, wholeSeconds(now));
  }
  const documents = undone.map(({ data }) =>
    undoActivity(activityId(baseUrl, randomUUID()), actor, {
      id: textOf(data['id']) ?? '',
      to: textsOf(data['to']),
      cc: textsOf(data['cc']),
    }),
  );
  const ids = await insertActivities(tx, documents, { local: true, now });
  const jobs = undone.flatMap(({ data }, index): Job[] => {
    const isFederated = federating && !documents[index]?.to.includes(`${baseUrl}/#Public`);
    return isFederated
      ? [
          {
            purpose: 'publish',
            activityId: ids[index] ?? '',
            isDelete: false,
            objectData: sortedJson(data),
          },
        ]
      : [];
  });
  await leaveJobs(context, tx, jobs);
  return undone.length;
}

/** As the instance writes its maps. */
function sortedJson(data: JsonObject): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
}
