import { accountKinds } from './account-kinds.js';
import { otherKinds } from './other-kinds.js';
import { identities, type Kind, type Surroundings } from './question.js';
import { statusKinds } from './status-kinds.js';

export type { Kind, Question, Surroundings } from './question.js';

/** Every kind of row that a list shows. */
export function kindsOf(around: Surroundings): readonly Kind[] {
  const ids = identities();
  return [...statusKinds(around, ids), ...accountKinds(around, ids), ...otherKinds(around, ids)];
}
