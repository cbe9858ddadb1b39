import type { Growth } from './growth.js';

/** The growth as two tables: with the instance's own indexes, and with the optional ones. */
export function printGrowth(growth: readonly Growth[], print: (line: string) => void): void {
  const sizes = [...new Set(growth.map(({ users }) => users))];
  const questions = new Map(
    growth.map(({ what, by, place }) => [`${what}, ${place} page, by ${by}`, { what, by, place }]),
  );
  for (const indexed of [false, true]) {
    print(
      `\nGrowth, median ms of one request, ${indexed ? 'with the optional indexes' : "with the instance's own indexes"}`,
    );
    print(
      `  ${'accounts'.padEnd(40)}${sizes.map((users) => users.toLocaleString('en').padStart(12)).join('')}   largest ÷ smallest`,
    );
    for (const [title, question] of questions) {
      const medians = sizes.map(
        (users) =>
          growth.find(
            (one) =>
              one.users === users &&
              one.indexed === indexed &&
              one.what === question.what &&
              one.by === question.by &&
              one.place === question.place,
          )?.latency.median ?? NaN,
      );
      print(
        `  ${title.padEnd(40)}${medians.map((median) => median.toFixed(2).padStart(12)).join('')}   ${((medians.at(-1) ?? NaN) / (medians[0] ?? NaN)).toFixed(2).padStart(8)}`,
      );
    }
  }
}
