import { textsOf, webAddressOf, type JsonObject } from '../../database/json.js';

/** Who reacted to a status with which emoji. */
export interface Reaction {
  readonly name: string;
  /** Of a custom emoji. */
  readonly url: string | null;
  readonly actors: readonly string[];
}

/**
 * The emoji reactions an object counts: `[name, actors, url?]` each, in old rows an object of lists
 * (docs/instance/moderation.md#status-json).
 */
export function reactionsOf(object: JsonObject): Reaction[] {
  const { reactions } = object;
  const entries = Array.isArray(reactions)
    ? reactions
    : Object.entries(typeof reactions === 'object' && reactions !== null ? reactions : {});
  return entries.flatMap((entry) => {
    const [name, actors, url] = Array.isArray(entry) ? entry : [];
    return typeof name === 'string'
      ? [{ name, url: webAddressOf(url) ?? null, actors: textsOf(actors) }]
      : [];
  });
}
