import { scrubbedHtml } from '../../instance/html.js';
import { inOwnTick } from '../../instance/own-tick.js';
import type { ReportedStatus as Reported } from '../../resolvers/reports/subject.js';
import { timeOf } from '../../resolvers/statuses/poll.js';
import { builder } from '../builder.js';
import { Status } from '../status/type.js';

/** A status a report names: as it is now, and as it was when it was reported. */
export const ReportedStatus = builder.objectRef<Reported>('ReportedStatus').implement({
  description:
    'A status a report names. When it has been deleted since, what was kept of it is here as long as the report is open; closing a report drops that for good.',
  fields: (t) => ({
    apId: t.exposeString('apId', {
      nullable: false,
      description:
        'ActivityPub id of the status or of its Create activity, as the report holds it.',
    }),
    status: t.field({
      type: Status,
      description: 'The status as it is now; null when it is gone.',
      resolve: async ({ apId }, _args, { operation }) => {
        const status = await operation.loaders.statusByApId.load(apId);
        return status?.object ? status : null;
      },
    }),
    snapshotContent: t.string({
      description: 'Its content when it was reported: sanitised HTML.',
      resolve: ({ content }) =>
        content === undefined ? null : inOwnTick(content.length, () => scrubbedHtml(content)),
    }),
    snapshotCreatedAt: t.field({
      type: 'DateTime',
      description: 'When it had been posted, as kept with the report.',
      resolve: ({ published }) => timeOf(published) ?? null,
    }),
    wasDeleted: t.exposeBoolean('wasDeleted', {
      nullable: false,
      description: 'It was gone already when the report came in.',
    }),
  }),
});
