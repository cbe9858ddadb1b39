import { GraphQLError } from 'graphql';

/** Items of all lists of an answer. Fewer than would stop the process for long, more than any page has. */
export const maxObjects = 5_000;

/** Counts the items of the lists of one answer while it is made. */
export class ObjectBudget {
  #taken = 0;

  /** Whether the answer became too large. */
  get isSpent(): boolean {
    return this.#taken > maxObjects;
  }

  /** @throws GraphQLError COST_LIMIT once there are too many, and from then on at once. */
  take(objects: number): void {
    this.#taken += objects;
    if (this.isSpent)
      throw new GraphQLError('The answer would hold too many objects.', {
        extensions: { code: 'COST_LIMIT' },
      });
  }
}
