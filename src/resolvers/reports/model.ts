import { objectOf, textOf } from '../../database/json.js';
import { reportStates, type ReportRow } from '../../database/reports.js';
import { timeFrom } from '../../database/time.js';
import { scrubbedHtml } from '../../instance/html.js';
import { ruleNumber } from '../rules/rules.js';

/** Rules beyond these are not shown: nobody breaks more at once. */
const maxRules = 100;

/**
 * What a report says, read once for every door. Any server may have written the row: nothing here throws, and what the document does not
 * say properly is absent.
 */

type Document = Pick<ReportRow, 'data'>;

/** ActivityPub id of the reporter; undefined when the row names none. */
export function reporterOf({ actor, data }: Pick<ReportRow, 'actor' | 'data'>): string | undefined {
  return actor ?? textOf(objectOf(data)['actor']);
}

/** How far it has come. A report of no state, or of one that nobody knows, is open: nobody has dealt with it. */
export function stateOf({ data }: Document): (typeof reportStates)[number] {
  return reportStates.find((state) => state === objectOf(data)['state']) ?? 'open';
}

/** What the reporter wrote: sanitised HTML; undefined when that is nothing. */
export function contentOf({ data }: Document): string | undefined {
  const content = textOf(objectOf(data)['content']);
  return content === undefined ? undefined : scrubbedHtml(content);
}

/** The numbers of the rules it says were broken, each once; the instance stores them as texts. */
export function ruleNumbersOf({ data }: Document): bigint[] {
  const named = objectOf(data)['rules'];
  if (!Array.isArray(named)) return [];
  const numbers = named
    .slice(0, maxRules)
    .map((one) => ruleNumber(typeof one === 'number' ? String(one) : (textOf(one) ?? '')));
  return [...new Set(numbers.filter((number) => number !== undefined))];
}

/** When it was sent; undefined when the document does not say. */
export function publishedAt({ data }: Document): Date | undefined {
  return timeFrom(textOf(objectOf(data)['published']) ?? '');
}
