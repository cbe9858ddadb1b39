import { z } from 'zod';
import { examples } from './examples.js';
import { component, count, day, flag, shown } from './parts.js';

/** An invitation to register (docs/instance/accounts.md#invites). */
export const invite = component(
  'Invite',
  'An invitation to register.',
  z.object({
    id: shown(z.int(), 3),
    token: shown(z.string(), examples.inviteToken),
    used: flag,
    expires_at: day.nullable(),
    uses: count,
    max_use: shown(z.int().nullable(), 10),
    invite_type: z.enum(['one_time', 'reusable', 'date_limited', 'reusable_date_limited']),
  }),
);
