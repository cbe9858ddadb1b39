/** Gives each question its answer, or that of whoever asked the same. Who answers is told who asked, first to last. */
export type Share<Answer, Asker> = (
  question: string,
  asker: Asker,
  answer: (askers: readonly Asker[]) => Promise<Answer>,
) => Promise<Answer>;

interface Asked<Answer, Asker> {
  readonly askers: Asker[];
  readonly answer: Promise<Answer>;
}

/**
 * Answers what several ask alike in one turn of the event loop only once, after all of them asked, so that nobody gets an answer older than the
 * own question. Nothing is kept.
 */
export function sharingInTurn<Answer, Asker = undefined>(): Share<Answer, Asker> {
  let turn:
    { readonly asked: Map<string, Asked<Answer, Asker>>; readonly end: Promise<void> } | undefined;
  // A new map each time: what one held before it was cleared stays alive until V8's next full collection.
  const begin = (): NonNullable<typeof turn> => ({
    asked: new Map(),
    end: new Promise((resolve) => {
      setImmediate(() => {
        turn = undefined;
        resolve();
      });
    }),
  });
  return (question, asker, answer) => {
    const { asked, end } = (turn ??= begin());
    const known = asked.get(question);
    if (known) {
      known.askers.push(asker);
      return known.answer;
    }
    const askers = [asker];
    const given = end.then(() => answer(askers));
    asked.set(question, { askers, answer: given });
    return given;
  };
}
