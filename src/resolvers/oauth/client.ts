import { LoginError } from '../../auth/login-error.js';
import { sameSecret } from '../../auth/secret.js';
import type { OperationContext } from '../../context.js';
import { findApp, type AppRow } from '../../database/oauth-apps.js';

/** How a client program says which it is. */
export interface ClientCredentials {
  readonly id: string | undefined;
  readonly secret: string | undefined;
}

/** @throws LoginError credentials, when there is no such app or the secret is not its own. */
export async function demandClient(
  { database }: OperationContext,
  { id, secret }: ClientCredentials,
): Promise<AppRow> {
  const app = id === undefined ? null : await findApp(database.prisma, id);
  if (!app?.clientSecret || secret === undefined || !sameSecret(secret, app.clientSecret))
    throw new LoginError({ kind: 'credentials' });
  return app;
}
