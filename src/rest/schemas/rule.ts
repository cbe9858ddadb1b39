import { z } from 'zod';
import { examples } from './examples.js';
import { component, shown } from './parts.js';

/** A rule of the instance (docs/instance/pleroma.md). */
export const rule = component(
  'Rule',
  'A rule of the instance; Pleroma only.',
  z.object({
    id: shown(z.string(), examples.ruleId),
    priority: shown(z.int(), 0),
    text: shown(z.string(), 'Be kind'),
    hint: shown(z.string().nullable(), null),
  }),
);
