import { z } from 'zod';
import { examples } from './examples.js';
import { anyObject, component, flag, html, id, image, nickname, shown } from './parts.js';

/** What an account has set for itself (docs/instance/accounts.md#account-json). */
export const credentials = component(
  'Credentials',
  'What an account has set for itself.',
  z.object({
    id: shown(id, examples.accountId),
    bio: html.nullable(),
    email: shown(z.string().nullable(), examples.email),
    fields: z.unknown(),
    name: shown(z.string().nullable(), 'Mira Okafor'),
    nickname,
    is_locked: flag,
    no_rich_text: flag,
    default_scope: shown(z.string().nullable(), 'public'),
    hide_follows: flag,
    hide_followers_count: flag,
    hide_follows_count: flag,
    hide_followers: flag,
    hide_favorites: flag,
    allow_following_move: flag,
    show_role: flag,
    skip_thread_containment: flag,
    pleroma_settings_store: anyObject.nullable(),
    raw_fields: z.unknown(),
    is_discoverable: flag,
    actor_type: shown(z.string(), 'Person'),
    avatar: image,
    banner: image,
    background: shown(z.string().nullable(), null),
  }),
);

/** Faults of the fields of one account, by their names. */
export const fieldFaults = component(
  'FieldFaults',
  'What is wrong with each field.',
  z.object({
    errors: shown(z.record(z.string(), z.string()), { email: 'has already been taken' }),
  }),
);
