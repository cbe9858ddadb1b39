/** What the process says at its end (docs/errors.md). */
export const exitCodes = { done: 0, refused: 1, usage: 2, unreachable: 3, internal: 4 } as const;
