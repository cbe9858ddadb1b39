import type { Dialect } from './dialect.js';
import type { Parameters } from './request.js';
import { Refusal, type RawParameters } from './route.js';

/**
 * For routes of the instance that check their query: Akkoma checks twice, drops the first unknown name before the second time, and so
 * refuses only a second one (docs/documented-api.md#errors). The documents' path takes whatever comes.
 * @throws Refusal in Akkoma's words.
 */
export function knownQuery(
  ...names: readonly string[]
): (raw: RawParameters, dialect: Dialect) => Parameters {
  return ({ query, path }, dialect) => {
    const [, second] = Object.keys(query)
      .filter((name) => name !== 'admin_token' && !names.includes(name))
      .sort();
    if (dialect === 'v1' && second !== undefined) {
      const message = `Unexpected field: ${second}`;
      throw new Refusal({
        status: 400,
        body: {
          error: `${message}.`,
          errors: [{ title: 'Invalid value', source: { pointer: `/${second}` }, message }],
        },
      });
    }
    return { ...query, ...path };
  };
}
