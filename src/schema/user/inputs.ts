import type { UserCriteria, UserFilter } from '../../database/user-list.js';
import type { UserReference } from '../../database/users.js';
import { builder } from '../builder.js';
import { flakeOfGlobalId } from '../node-access.js';
import { User } from './type.js';

/** Names one account, by exactly one of three ways. */
export const UserReferenceInput = builder.inputType('UserReference', {
  description: 'Names one account in exactly one of three ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [User], description: 'Global id of a `User`.' }),
    databaseId: t.id({ description: "The instance's own id, as REST shows it." }),
    nickname: t.string({
      description:
        'Nickname in any case, remote accounts with `@host`. Also `@name@host`, `acct:name@host` and the address of a profile.',
    }),
  }),
});

/** The reference as operations take it. */
export function referenceOf(input: typeof UserReferenceInput.$inferInput): UserReference {
  if (input.id != null) return { databaseId: flakeOfGlobalId(input.id) };
  return input.databaseId != null ? { databaseId: input.databaseId } : { nickname: input.nickname };
}

/** A list of 1 to 100 accounts. */
export function referencesOf(
  inputs: readonly (typeof UserReferenceInput.$inferInput)[],
): UserReference[] {
  return inputs.map(referenceOf);
}

const traits = {
  LOCAL: { value: 'local', description: 'Lives on this instance.' },
  REMOTE: { value: 'external', description: 'Lives elsewhere.' },
  ACTIVE: { value: 'active', description: 'Active, approved and confirmed.' },
  DEACTIVATED: { value: 'deactivated', description: 'Deactivated or deleted.' },
  APPROVAL_PENDING: { value: 'need_approval', description: 'Waits for approval.' },
  CONFIRMATION_PENDING: { value: 'unconfirmed', description: 'Has not confirmed its address.' },
  ADMIN: { value: 'is_admin', description: 'Has the admin role.' },
  MODERATOR: { value: 'is_moderator', description: 'Has the moderator role.' },
} as const satisfies Record<string, { value: UserFilter; description: string }>;

const UserTrait = builder.enumType('UserTrait', {
  description: 'What an account can be, for filters.',
  values: traits,
});

const ActorType = builder.enumType('ActorType', {
  description: 'ActivityPub type of an actor.',
  values: {
    PERSON: { value: 'Person' },
    SERVICE: { value: 'Service' },
    APPLICATION: { value: 'Application' },
    GROUP: { value: 'Group' },
    ORGANIZATION: { value: 'Organization' },
  },
});

/** What a list of accounts is narrowed by. */
export const UserFilterInput = builder.inputType('UserFilter', {
  description: 'All given conditions must match. `%` and `_` are not wildcards.',
  fields: (t) => ({
    search: t.string({
      description:
        'Part of the nickname: a name, a host, or `name@host`. Hosts may be written in Unicode. At most 1,000 characters.',
    }),
    name: t.string({ description: 'Part of the display name. At most 1,000 characters.' }),
    email: t.string({ description: 'The whole address, whatever its case.' }),
    tags: t.stringList({ description: 'At least one of these.' }),
    is: t.field({
      type: [UserTrait],
      description: 'All of these; `[LOCAL, REMOTE]` finds nothing.',
    }),
    actorTypes: t.field({ type: [ActorType], description: 'One of these.' }),
  }),
});

/** The criteria as operations take them. */
export function criteriaOf(
  filter: typeof UserFilterInput.$inferInput | null | undefined,
): UserCriteria {
  const { search, name, email, tags, is, actorTypes } = filter ?? {};
  return {
    search: search ?? undefined,
    name: name ?? undefined,
    email: email ?? undefined,
    tags: tags ?? undefined,
    filters: is ?? undefined,
    actorTypes: actorTypes ?? undefined,
  };
}
