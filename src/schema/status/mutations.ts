import { statusDelete } from '../../resolvers/statuses/delete.js';
import { statusUpdate } from '../../resolvers/statuses/update.js';
import { builder } from '../builder.js';
import { mutation } from '../mutation.js';
import { StatusReferenceInput, statusReferenceOf } from './inputs.js';
import { Status } from './type.js';

const StatusScope = builder.enumType('StatusScope', {
  description: 'What the staff may change the visibility of a status to.',
  values: {
    PUBLIC: { value: 'public', description: 'Everybody, on public timelines too.' },
    UNLISTED: { value: 'unlisted', description: 'Everybody, but on no public timeline.' },
    PRIVATE: { value: 'private', description: "The author's followers and who is mentioned." },
  } as const,
});

mutation('statusUpdate', {
  description:
    'Marks a status sensitive or not, and changes who may see it. Other servers are not told, and pages the instance has cached stay as they are until it forgets them. REST: `PUT /statuses/:id`.',
  input: (t) => ({
    status: t.field({
      type: StatusReferenceInput,
      required: true,
      description: 'Which status; not a boost.',
    }),
    sensitive: t.boolean({
      description: 'Whether its media are hidden behind a warning; absent leaves it alone.',
    }),
    visibility: t.field({
      type: StatusScope,
      description: 'Who may see it from now on; absent leaves it alone.',
    }),
  }),
  run: (context, { status, sensitive, visibility }) =>
    statusUpdate(context, {
      status: statusReferenceOf(status),
      sensitive: sensitive ?? undefined,
      visibility: visibility ?? undefined,
    }),
  payload: (t) => ({
    status: t.field({
      type: Status,
      description: 'The status as it is now.',
      resolve: ({ result }) => result,
    }),
  }),
});

mutation('statusDelete', {
  description:
    'Deletes a status with its likes, boosts, bookmarks and notifications; the Delete is federated when the status is of this instance. Cannot be undone. REST: `DELETE /statuses/:id`.',
  input: (t) => ({
    status: t.field({
      type: StatusReferenceInput,
      required: true,
      description: 'Which status; not a boost.',
    }),
  }),
  run: (context, { status }) => statusDelete(context, { status: statusReferenceOf(status) }),
  payload: (t) => ({
    status: t.field({
      type: Status,
      description: 'The status as it was.',
      resolve: ({ result }) => result,
    }),
  }),
});
