import { z } from 'zod';
import { OperationError, type Issue } from '../../errors.js';
import type { CredentialChanges } from '../../resolvers/users/credential-rules.js';
import { userUpdateCredentials } from '../../resolvers/users/credentials.js';
import { looseBoolean } from '../parameters.js';
import { Refusal, route, type Route } from '../route.js';
import { fieldFaults } from '../schemas/credentials.js';
import { examples } from '../schemas/examples.js';

const flag = looseBoolean.optional();
const text = z.string().optional();
/** An empty text clears. */
const clearable = z
  .string()
  .nullable()
  .transform((value) => (value === '' ? null : value))
  .optional();
/** Null counts as absent. */
const present = z.preprocess((value) => value ?? undefined, text);
const notHere = z
  .null({ error: 'can only be changed on the instance' })
  .optional()
  .transform(() => undefined);
/** A whole number, also as text; an empty text clears. */
const days = z
  .preprocess(
    (value) =>
      value === ''
        ? null
        : typeof value === 'string' && /^-?\d{1,15}$/.test(value)
          ? Number(value)
          : value,
    z.int().nullable(),
  )
  .optional();
/** A list, or as forms send it a map by index, whose keys JavaScript keeps in order. Null counts as absent. */
const profileFields = z
  .preprocess(
    (value) => (isIndexed(value) ? Object.values(value) : (value ?? undefined)),
    z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  )
  .optional();

const changes = z.object({
  email: clearable,
  password: present,
  name: clearable,
  bio: present,
  raw_bio: clearable,
  actor_type: present,
  default_scope: present,
  is_locked: flag,
  is_discoverable: flag,
  no_rich_text: flag,
  hide_followers: flag,
  hide_followers_count: flag,
  hide_follows: flag,
  hide_follows_count: flag,
  hide_favorites: flag,
  allow_following_move: flag,
  show_role: flag,
  skip_thread_containment: flag,
  disclose_client: flag,
  pleroma_settings_store: z.record(z.string(), z.unknown()).optional(),
  avatar: notHere,
  banner: notHere,
  background: notHere,
  fields: profileFields,
  raw_fields: profileFields,
  fields_attributes: profileFields,
  status_ttl_days: days,
  permit_followback: flag,
  accepts_direct_messages_from: present,
});

function isIndexed(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).every((key) => /^\d{1,9}$/.test(key))
  );
}

const camel = (name: string): string =>
  name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function changesOf(given: unknown): CredentialChanges {
  const parsed = changes.safeParse(given);
  if (!parsed.success)
    throw refused(
      parsed.error.issues.map(({ path, code, message }) => [
        String(path[0]),
        code === 'invalid_type' && message.startsWith('can ') ? message : 'is invalid',
      ]),
    );
  const {
    pleroma_settings_store: settingsStore,
    fields_attributes: fieldsAttributes,
    raw_fields: rawFields = fieldsAttributes,
    ...rest
  } = parsed.data;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [camel(name), value])),
    rawFields,
    settingsStore,
  };
}

/** Faults of fields as the instance names them: `{"errors": {"email": "has already been taken"}}`. */
function refused(faults: readonly (readonly [field: string, rule: string])[]): Refusal {
  return new Refusal({ status: 400, body: { errors: Object.fromEntries(faults) } });
}

function faultOf({ inputPath, message }: Issue): readonly [string, string] {
  const field = inputPath[0] ?? '';
  return [
    snake(field),
    message.startsWith(`${field} `) ? message.slice(field.length + 1) : message,
  ];
}

export const userCredentialRoutes: readonly Route[] = [
  route({
    method: 'PATCH',
    path: '/users/:nickname/credentials',
    summary: 'Change what an account has set for itself',
    operation: userUpdateCredentials,
    input: z.looseObject({ nickname: z.string() }),
    documentedInput: changes.extend({ nickname: z.string() }),
    answers: z.object({ status: z.literal('success') }),
    refusals: { 400: fieldFaults },
    example: {
      nickname: examples.otherNickname,
      name: 'Jonas L.',
      is_locked: true,
      actor_type: 'Person',
    },
    from: ({ body, path }) => ({ ...body, ...path }),
    run: async ({ context, dialect, input: { nickname, ...given } }) => {
      try {
        await userUpdateCredentials(context, {
          user: { nickname },
          changes: changesOf(given),
          logsAsInstance: dialect === 'v1',
        });
      } catch (error) {
        if (
          error instanceof OperationError &&
          (error.code === 'INVALID' || error.code === 'TAKEN') &&
          error.issues.every(({ inputPath }) => inputPath.length === 1)
        )
          throw refused(error.issues.map(faultOf));
        throw error;
      }
      return { status: 'success' };
    },
  }),
];
