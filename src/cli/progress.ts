import { progress } from '@clack/prompts';
import type { Output } from './output.js';

/** How far apart lines of progress are, where there is no terminal. */
const lineEvery = 1_000;

/** Shows how far a long task is, on standard error: a bar at a terminal, else a line now and then. Short tasks show nothing. */
export function showProgress(
  { terminal, error }: Output,
  what: string,
): (done: number, total: number) => void {
  const number = (value: number): string => value.toLocaleString('en');
  let bar: ReturnType<typeof progress> | undefined;
  let shown = 0;
  return (done, total) => {
    if (total < lineEvery) return;
    const text = `${number(done)} of ${number(total)} ${what}`;
    if (!terminal) {
      if (Math.floor(done / lineEvery) > Math.floor(shown / lineEvery) || done === total)
        error(text);
    } else {
      if (!bar) {
        bar = progress({ max: total, output: terminal.output });
        bar.start(text);
      }
      bar.advance(done - shown, text);
      if (done >= total) bar.stop(text);
    }
    shown = done;
  };
}
