import { builder } from '../builder.js';
import { flakeOfGlobalId } from '../node-access.js';
import { UserReferenceInput } from '../user/inputs.js';
import { Status } from './type.js';

/** Names one status, by exactly one of two ways. */
export const StatusReferenceInput = builder.inputType('StatusReference', {
  description: 'Names one status in exactly one of two ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [Status], description: 'Global id of a `Status`.' }),
    databaseId: t.id({ description: "The instance's own id, as REST shows it." }),
  }),
});

/** The reference as operations take it. */
export function statusReferenceOf(input: typeof StatusReferenceInput.$inferInput): {
  databaseId: string;
} {
  return { databaseId: input.id == null ? input.databaseId : flakeOfGlobalId(input.id) };
}

/** What a list of statuses is narrowed by. */
export const StatusFilterInput = builder.inputType('StatusFilter', {
  description:
    'All given conditions must match. Statuses of deactivated accounts are never listed.',
  fields: (t) => ({
    author: t.field({ type: UserReferenceInput, description: 'Of this account.' }),
    host: t.string({
      description:
        'Only statuses of accounts on this host, in Unicode or punycode. Moderators may use this filter too, as long as `withReblogs` is the only other one.',
    }),
    localOnly: t.boolean({ defaultValue: false, description: 'Posted on this instance.' }),
    withReblogs: t.boolean({ defaultValue: false, description: 'Boosts too.' }),
    includePrivate: t.boolean({
      defaultValue: false,
      description: 'Not only public and unlisted ones: also followers-only and direct ones.',
    }),
  }),
});
