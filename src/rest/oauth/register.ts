import { z } from 'zod';
import { scopesOf } from '../../auth/token-scopes.js';
import type { OperationContext } from '../../context.js';
import { registerApp } from '../../resolvers/oauth/register-app.js';
import { plainText, typeFault } from '../parameters.js';
import type { Parameters } from '../request.js';
import { ParameterError } from '../route.js';
import { registeredApp } from '../serialize/oauth-app.js';

/** What a program registers with. */
export const registration = z.object({
  client_name: plainText,
  redirect_uris: plainText,
  scopes: z
    .union([z.string().transform(scopesOf), z.array(z.string())], {
      error: 'Invalid value for scopes',
    })
    .optional(),
  website: z.string().nullish(),
});

/** `POST /api/v1/apps` (docs/instance/oauth.md#registering-a-client-program). */
export async function register(
  context: OperationContext,
  parameters: Parameters,
): Promise<unknown> {
  const parsed = registration.safeParse(parameters, { reportInput: true, error: typeFault });
  if (!parsed.success) throw new ParameterError(parsed.error.issues);
  const {
    client_name: clientName,
    redirect_uris: redirectUris,
    scopes = [],
    website,
  } = parsed.data;
  const app = await registerApp(context, {
    clientName,
    redirectUris,
    scopes: scopes.length > 0 ? scopes : ['read'],
    website: website ?? null,
  });
  return registeredApp(app, (await context.instance()).vapidPublicKey);
}
