import type { ByteReader } from './byte-reader.js';
import { Tag } from './tags.js';
import type { Term } from './term.js';

// What follows the node name of a term that lives in one Erlang node only.
const AFTER_NODE: ReadonlyMap<number, number> = new Map([
  [Tag.newPid, 12],
  [Tag.pid, 9],
  [Tag.newPort, 8],
  [Tag.port, 5],
  [Tag.v4Port, 12],
  [Tag.reference, 5],
]);

// References: the bytes of their creation; then come as many words as they declare before the node name.
const CREATION: ReadonlyMap<number, number> = new Map([
  [Tag.newReference, 1],
  [Tag.newerReference, 4],
]);

/**
 * How many bytes of a fun, pid, port or reference are left to carry, once its tag and node name are read.
 * Throws TermError for a tag that is none of these or when the node is not an atom.
 */
export function opaqueLength(reader: ByteReader, tag: number, readTerm: () => Term): number {
  if (tag === Tag.newFun) {
    const size = reader.u32();
    return size >= 29 ? size - 4 : reader.fail('a fun is malformed');
  }
  const fixed = AFTER_NODE.get(tag);
  const creation = CREATION.get(tag);
  if (fixed === undefined && creation === undefined)
    return reader.fail(`the tag ${tag} is not known`);
  const words = creation === undefined ? 0 : reader.u16();
  if (readTerm().kind !== 'atom') return reader.fail('the node of a term is no atom');
  return fixed ?? (creation ?? 0) + 4 * words;
}
