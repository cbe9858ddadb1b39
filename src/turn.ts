/** Gives each question its answer, or that of whoever asked the same. */
export type Share<Answer> = (question: string, answer: () => Promise<Answer>) => Promise<Answer>;

/**
 * Answers what several ask alike in one turn of the event loop only once, after all of them asked, so that nobody gets an answer older than the
 * own question. Nothing is kept.
 */
export function sharingInTurn<Answer>(): Share<Answer> {
  const asked = new Map<string, Promise<Answer>>();
  let turn: Promise<void> | undefined;
  const endOfTurn = (): Promise<void> => (turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      asked.clear();
      resolve();
    });
  }));
  return (question, answer) => {
    const known = asked.get(question) ?? endOfTurn().then(answer);
    asked.set(question, known);
    return known;
  };
}
