import type { OperationContext } from '../../context.js';
import {
  countLog,
  listLog,
  type LogCriteria,
  type LogRow,
  type LogStretch,
} from '../../database/moderation-log.js';
import { literalPattern } from '../../database/user-list.js';
import { failure } from '../../errors.js';
import { isLongerThan, unitsPerCharacter } from '../../lib/text-length.js';
import { operation } from '../operation.js';
import { logSentence } from './sentence.js';

const access = {
  role: 'staff',
  scope: 'admin:read',
  pleroma: { privilege: 'moderation_log_read' },
} as const;
const maxTextLength = 1_000;
const filterTexts = { text: maxTextLength * unitsPerCharacter };

/** Which entries. `search` stands for itself unless `wildcards` lets `%` and `_` match as the v1 API does. */
export interface LogListInput {
  readonly criteria: LogCriteria;
  readonly wildcards?: boolean;
}

/** One page of the moderation log (docs/instance/moderation.md#listing-the-log). */
export const moderationLogList = operation({
  name: 'moderationLogList',
  access,
  limits: filterTexts,
  run: (
    { database }: OperationContext,
    { stretch, ...input }: LogListInput & { readonly stretch: LogStretch },
  ): Promise<LogRow[]> => listLog(database.prisma, criteriaOf(input), stretch),
});

/** How many entries match, whatever the page. */
export const moderationLogCount = operation({
  name: 'moderationLogCount',
  access,
  limits: filterTexts,
  run: ({ database }: OperationContext, input: LogListInput): Promise<number> =>
    countLog(database, criteriaOf(input)),
});

/** The newest entries about a report (flake text), at most a hundred; asked of many reports at once it is one statement. */
export const moderationLogOfReport = operation({
  name: 'moderationLogOfReport',
  access,
  run: (
    { loaders }: OperationContext,
    { report }: { readonly report: string },
  ): Promise<LogRow[]> => loaders.reportLog.load(report),
});

function criteriaOf({ criteria, wildcards = false }: LogListInput): LogCriteria {
  const { search, target, actorId, action } = criteria;
  for (const [field, text] of Object.entries({ search, target, actorId, action })) {
    if (text !== undefined && isLongerThan(text, maxTextLength))
      throw failure('INVALID', `${field} must have at most ${String(maxTextLength)} characters.`, [
        field,
      ]);
  }
  if (action !== undefined && logSentence({ action }) === undefined)
    throw failure('INVALID', `action is none of the moderation log: "${action.slice(0, 100)}".`, [
      'action',
    ]);
  return wildcards || search === undefined
    ? criteria
    : { ...criteria, search: literalPattern(search) };
}
