import type { AppChanges, AppReference } from '../../database/oauth-apps.js';
import { failure, refuse, type Issue } from '../../errors.js';
import { overflowsColumn } from '../../lib/text-length.js';

/**
 * Who may see or change apps: their secrets are shown with them
 * (docs/instance/oauth.md#roles-and-scopes).
 */
export const access = { role: 'admin', scope: 'admin:write' } as const;

/**
 * The instance's own app is found by this name
 * (docs/instance/oauth.md#registering-a-client-program).
 */
const reserved = 'Mastodon-Local';
/** What each column holds. */
const maxTextLength = 255;
const maxScopes = 100;

/** @throws OperationError INVALID for texts that are blank, that the columns can't hold, or the name of the instance's own app. */
export function refuseFaults({ clientName, redirectUris, scopes = [], website }: AppChanges): void {
  const needed: Issue[] = Object.entries({ name: clientName, redirectUris }).flatMap(
    ([field, text]) =>
      text === undefined || text.trim() !== '' ? [] : [issue(`${field} can't be blank.`, field)],
  );
  const long: Issue[] = Object.entries({ name: clientName, redirectUris, website }).flatMap(
    ([field, text]) =>
      overflowsColumn(text ?? '', maxTextLength)
        ? [issue(`${field} should be at most ${maxTextLength} character(s).`, field)]
        : [],
  );
  const faultyScopes = scopes.flatMap((scope, index) =>
    /^\S+$/.test(scope) && !overflowsColumn(scope, maxTextLength)
      ? []
      : [
          issue(
            `A scope must have 1 to ${maxTextLength} characters and no spaces.`,
            'scopes',
            String(index),
          ),
        ],
  );
  const rest = [
    ...(clientName === reserved
      ? [issue(`The name ${reserved} is reserved for the instance itself.`, 'name')]
      : []),
    ...(scopes.length > maxScopes
      ? [issue(`scopes must hold at most ${maxScopes} scopes.`, 'scopes')]
      : []),
  ];
  refuse([...needed, ...long, ...rest, ...faultyScopes]);
}

function issue(message: string, ...inputPath: string[]): Issue {
  return { code: 'INVALID', message, inputPath };
}

export function unknownApp(reference: AppReference): Error {
  return failure('NOT_FOUND', 'There is no such app.', ['app', ...Object.keys(reference)]);
}
