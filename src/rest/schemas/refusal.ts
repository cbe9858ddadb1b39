import { z } from 'zod';
import type { Dialect } from '../dialect.js';
import { component, shown } from './parts.js';

const sentence = shown(z.string(), 'Not found');
const fault = z.object({
  title: shown(z.string(), 'Invalid value'),
  source: z.object({ pointer: shown(z.string(), '/page') }),
  message: shown(z.string(), 'Invalid integer. Got: string'),
});
const modern = z.union([
  z.object({ error: sentence, errors: z.array(fault).optional() }),
  z.object({ errors: z.object({ detail: z.string() }) }),
]);

/** The bodies of refusals (src/rest/errors.ts). */
export const refusal: Readonly<Record<Dialect, z.ZodType>> = {
  v1: component('Refusal', 'Why a request was refused.', modern),
  legacy: component(
    'LegacyRefusal',
    'Why a request was refused: mostly a bare text.',
    z.union([sentence, z.object({ error: sentence })]),
  ),
};
