import { randomUUID } from 'node:crypto';
import type { OperationContext } from '../../context.js';
import { insertActivity, insertObject } from '../../database/activities.js';
import type { Transaction } from '../../database/database.js';
import { joinConversation, notifyAddressees, tieHashtags } from '../../database/direct-messages.js';
import { flakeFromUuid } from '../../database/flake.js';
import { textOf, type Json } from '../../database/json.js';
import type { ReportRow } from '../../database/reports.js';
import { statusesByIds, type StatusRow } from '../../database/statuses.js';
import { wholeSeconds } from '../../database/time.js';
import { failure } from '../../errors.js';
import { isLongerThan, overflowsColumn } from '../../lib/text-length.js';
import {
  activityId,
  directCreate,
  directNote,
  type DirectMessage,
} from '../../federation/activities.js';
import { leaveJobs } from '../notice.js';
import { publishedTime } from '../../federation/time.js';
import { accountOf, accountsOnly } from '../account-actor.js';
import { formattedText } from '../formatted-text.js';
import { writeLog } from '../moderation-log/write.js';
import { longTexts } from '../input-rules.js';
import { operation } from '../operation.js';
import { reporterOf } from './model.js';
import { lockReport, loggedReport, type ReportReference } from './targets.js';

export interface RespondInput {
  readonly report: ReportReference;
  /** Plain text; mentions, addresses and hashtags become links. */
  readonly text: string;
}

const bar = accountsOnly('A response');

/**
 * Writes a direct message to the reporter, in the conversation of the report
 * (docs/documented-api.md#reports-over-rest, docs/instance/moderation.md#responding-to-a-report):
 * Note and Create,
 * notification, conversation, job to federate it. Logged as a note on the report, the only word today's instances have for it (§4.2).
 */
export const reportRespond = operation({
  name: 'reportRespond',
  access: {
    role: 'staff',
    scope: 'admin:write:reports',
    pleroma: { privilege: 'reports_manage_reports' },
  },
  bar,
  limits: longTexts,
  run: (context, input: RespondInput): Promise<{ report: ReportRow; status: StatusRow }> => {
    const author = accountOf(context, bar);
    return context.database.transaction(async (tx) => {
      const report = await lockReport(tx, input.report);
      const text = await demandText(context, input.text);
      const reporter = reporterOf(report);
      if (reporter === undefined)
        throw failure('CONFLICT', 'The report does not say who sent it.', ['report']);
      const { baseUrl, safeDmMentions } = await context.instance();
      const post = await formattedText(context, tx, text, { leadingMentionsOnly: safeDmMentions });
      const message = {
        actor: author.apId,
        to: [...new Set([reporter, ...post.mentioned.map(({ apId }) => apId)])],
        context: shortText(report.data['context']) ?? `${baseUrl}/contexts/${randomUUID()}`,
        content: post.html,
        text,
        hashtags: post.hashtags,
        published: publishedTime(context.now()),
      };
      const id = await send(context, tx, author.id, message);
      await writeLog(context, tx, {
        action: 'report_note',
        ...(await loggedReport(tx, report)),
        text,
        steward_action: 'report_response',
        status_id: flakeFromUuid(id),
      });
      const [status] = await statusesByIds(tx, [id]);
      if (!status) throw new Error('the response is gone within its own transaction');
      return { report, status };
    });
  },
});

/** What the columns of conversations and recipients hold. */
const maxColumn = 255;

function shortText(value: Json | undefined): string | undefined {
  const text = textOf(value);
  return text !== undefined && !overflowsColumn(text, maxColumn) ? text : undefined;
}

async function demandText(context: OperationContext, given: string): Promise<string> {
  const text = given.trim();
  const { statusLength } = await context.instance();
  if (text === '') throw failure('INVALID', 'The text must not be empty.', ['text']);
  if (isLongerThan(text, statusLength))
    throw failure('INVALID', `The text must have at most ${String(statusLength)} characters.`, [
      'text',
    ]);
  return text;
}

/** Stores the message with all that follows from it; returns the uuid of its Create. */
async function send(
  context: OperationContext,
  tx: Transaction,
  authorId: string,
  message: DirectMessage,
): Promise<string> {
  const { family } = context.database;
  const { baseUrl, federating } = await context.instance();
  const now = context.now();
  const time = wholeSeconds(now);
  const note = directNote(`${baseUrl}/objects/${randomUUID()}`, message, family);
  const objectId = await insertObject(tx, note, now);
  await tieHashtags(tx, objectId, message.hashtags, time);
  const id = await insertActivity(
    tx,
    directCreate(activityId(baseUrl, randomUUID()), note.id, message),
    { local: true, now },
  );
  const sent = {
    activityId: id,
    authorId,
    authorApId: message.actor,
    to: message.to,
    context: message.context,
    now: time,
  };
  await joinConversation(tx, sent);
  const pushed = await notifyAddressees(tx, family, sent);
  for (const notificationId of pushed)
    await leaveJobs(context, tx, [{ purpose: 'web-push', notificationId }]);
  if (federating)
    await leaveJobs(context, tx, [
      { purpose: 'publish', activityId: id, isDelete: false, objectData: null },
    ]);
  return id;
}
