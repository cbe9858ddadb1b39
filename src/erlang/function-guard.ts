import type { Term } from './term.js';
import { TermError } from './term-error.js';

/**
 * Throws TermError when `term` holds a function reference other than `&….partial_chain/1`, the one the instance's documented
 * settings need (docs/instance/config.md#json-to-term): a stored reference is a function the
 * instance may be made to call.
 */
export function refuseFunctions(term: Term): void {
  switch (term.kind) {
    case 'export':
      if (term.name === 'partial_chain' && term.arity === 1) return;
      throw new TermError(`a reference to the function ${term.name}/${term.arity} is not accepted`);
    case 'tuple':
      return term.items.forEach(refuseFunctions);
    case 'list':
      term.items.forEach(refuseFunctions);
      if (term.tail !== undefined) refuseFunctions(term.tail);
      return;
    case 'map':
      return term.entries.flat().forEach(refuseFunctions);
    default:
  }
}
