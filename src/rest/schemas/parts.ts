import { z } from 'zod';
import { examples } from './examples.js';

/** Gives a schema the example that the OpenAPI document shows of it. */
export function shown<Schema extends z.ZodType>(schema: Schema, example: z.output<Schema>): Schema {
  return schema.meta({ examples: [example] } as z.GlobalMeta);
}

/** Names a schema of the OpenAPI document's `components`. */
export function component<Schema extends z.ZodType>(
  id: string,
  description: string,
  schema: Schema,
): Schema {
  return schema.meta({ id, description });
}

/** An empty body. */
export const nothing = z.undefined();

export const flag = z.boolean();
export const count = z.int().min(0);
export const anyObject = z.record(z.string(), z.unknown());
export const id = z.string().regex(/^[0-9A-Za-z]{1,22}$/);
export const nickname = shown(z.string().nullable(), examples.nickname);
export const html = shown(z.string(), 'words');
export const url = shown(z.string(), `${examples.url}/users/${examples.nickname}`);
export const image = shown(z.string(), `${examples.url}/images/avi.png`);
/** `2026-11-21T00:09:27.000Z`; the fraction is always zeros. */
export const time = shown(z.iso.datetime(), examples.time);
export const day = shown(z.iso.date(), examples.time.slice(0, 10));
export const tags = shown(z.array(z.string()), ['mrf_tag:media-strip']);
