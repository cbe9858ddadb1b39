import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { confirm, isCancel, text } from '@clack/prompts';
import type { Output } from './output.js';
import { Refusal } from './refusal.js';
import { exitCodes } from './exit-codes.js';

/** How long an answer is waited for where there is no terminal: a script must end. */
const patience = 5_000;

/**
 * A yes or no. At a terminal one is asked; without, a line is read from what is piped in, with the prompt the instance's tasks have.
 * @throws Refusal when nobody answers.
 */
export async function askToContinue({ terminal, input, write }: Output): Promise<boolean> {
  if (terminal)
    return (await confirm({ message: 'Continue?', initialValue: false, ...terminal })) === true;
  write?.('Continue? [n]  ');
  const answer = input && (await lineOf(input));
  if (answer === undefined)
    throw new Refusal(
      'Nobody answered, and there is no terminal to ask at; give --assume-yes to go on.',
    );
  return ['y', 'Y', 'Yn', 'yes'].includes(answer.trim());
}

/** Asks before what cannot be undone, at a terminal only: a script that calls a documented task is never asked. Throws Refusal on no. */
export async function demandConsent({ terminal }: Output, question: string): Promise<void> {
  if (terminal && (await confirm({ message: question, initialValue: false, ...terminal })) !== true)
    throw new Refusal('Nothing was done.');
}

/** Asks for what was not given; without a terminal that is a wrong command line. */
export async function askFor({ terminal }: Output, what: string): Promise<string> {
  const answer =
    terminal &&
    (await text({
      message: what,
      ...terminal,
      validate: (value) => (value === undefined || value === '' ? 'Cannot be empty.' : undefined),
    }));
  if (answer === undefined)
    throw new Refusal(`error: missing: ${what}`, 'INVALID', exitCodes.usage);
  if (isCancel(answer)) throw new Refusal('Nothing was done.');
  return answer;
}

function lineOf(input: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    const lines = createInterface({ input });
    const end = (line?: string): void => {
      resolve(line); // first: closing calls this again
      clearTimeout(timer);
      lines.close();
      if (input instanceof Socket) input.unref(); // an open pipe would keep the process
    };
    const timer = setTimeout(() => {
      end();
    }, patience);
    lines.once('line', end);
    lines.once('close', () => {
      end();
    });
  });
}
