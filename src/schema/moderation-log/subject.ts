import { uuidFromFlake } from '../../database/flake.js';
import type { LogSubject as Subject } from '../../resolvers/moderation-log/subjects.js';
import { builder } from '../builder.js';
import { needs } from '../guarded.js';
import { Status } from '../status/type.js';
import { userById } from '../user/loaded.js';
import { User } from '../user/type.js';

const LogSubjectKind = builder.enumType('ModerationLogSubjectKind', {
  description: 'What a log entry can be about.',
  values: {
    USER: { value: 'user', description: 'An account.' },
    REPORT: { value: 'report', description: 'A report.' },
    STATUS: { value: 'status', description: 'A status.' },
    RELAY: { value: 'relay', description: 'A relay.' },
  },
});

/** One thing a log entry is about. */
export const LogSubject = builder.objectRef<Subject>('ModerationLogSubject').implement({
  description: 'One thing a log entry is about, as it was named then; it may be gone by now.',
  fields: (t) => ({
    kind: t.field({
      type: LogSubjectKind,
      nullable: false,
      description: 'What it is.',
      resolve: ({ kind }) => kind,
    }),
    databaseId: t.id({
      description: "The instance's own id; entries on tags have only names, relays none.",
      resolve: ({ databaseId }) => databaseId,
    }),
    name: t.string({
      description: 'Nickname of an account, address of a relay.',
      resolve: ({ name }) => name,
    }),
    user: t.field({
      type: User,
      description: 'The account, when it is still there.',
      resolve: ({ kind, databaseId }, _args, context) =>
        userById(kind === 'user' ? uuidFromFlake(databaseId ?? '') : undefined, context),
    }),
    status: t.field({
      extensions: needs('messages_read'),
      type: Status,
      description:
        'The status, when it is still there. On Pleroma it needs the privilege `messages_read`.',
      resolve: ({ kind, databaseId }, _args, { operation }) => {
        const id =
          kind === 'status' && databaseId !== undefined ? uuidFromFlake(databaseId) : undefined;
        return id === undefined ? null : operation.loaders.statusById.load(id);
      },
    }),
  }),
});
