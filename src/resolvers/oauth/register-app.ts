import { unpaddedSecret } from '../../auth/secret.js';
import type { OperationContext } from '../../context.js';
import { insertApp, type AppRow } from '../../database/oauth-apps.js';
import { failure } from '../../errors.js';
import { overflowsColumn } from '../../lib/text-length.js';

export interface AppRegistration {
  readonly clientName: string;
  /** Separated by white space. */
  readonly redirectUris: string;
  readonly scopes: readonly string[];
  readonly website: string | null;
}

/** The instance's own app. */
const reserved = 'Mastodon-Local';
const maxTextLength = 255;

/**
 * Registers a client program; anybody may, and gets the secret to ask for tokens with
 * (docs/instance/oauth.md#registering-a-client-program).
 * @throws OperationError INVALID for texts the columns can't hold, and for the name of the instance's own app.
 */
export async function registerApp(
  context: OperationContext,
  app: AppRegistration,
): Promise<AppRow> {
  if (app.clientName === reserved)
    throw failure('INVALID', 'client_name is reserved.', ['client_name']);
  const texts = {
    client_name: [app.clientName],
    redirect_uris: [app.redirectUris],
    website: [app.website ?? ''],
    scopes: app.scopes,
  };
  for (const [field, values] of Object.entries(texts)) {
    if (values.some((value) => overflowsColumn(value, maxTextLength)))
      throw failure(
        'INVALID',
        `${field} should be at most ${String(maxTextLength)} character(s).`,
        [field],
      );
  }
  const userId = context.actor?.kind === 'account' ? context.actor.id : null;
  return insertApp(
    context.database.prisma,
    { ...app, clientId: unpaddedSecret(), clientSecret: unpaddedSecret(), userId },
    context.now(),
  );
}
