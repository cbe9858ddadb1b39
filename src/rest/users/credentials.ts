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
const notHere = z.null({ error: 'can only be changed on the instance' }).optional();

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
  fields: notHere,
  raw_fields: notHere,
  status_ttl_days: notHere,
  permit_followback: notHere,
  accepts_direct_messages_from: notHere,
});

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
  const { pleroma_settings_store: settingsStore, ...rest } = parsed.data;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [camel(name), value])),
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
