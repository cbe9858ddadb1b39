import type { Context } from 'hono';
import type { ClientCredentials } from '../../resolvers/oauth/client.js';
import { refuseUnfitInput } from '../../resolvers/input-rules.js';
import { bodyOf } from '../body.js';
import { parseQuery, type Parameters } from '../request.js';

/** Query and body together, the body stronger: JSON, a form, or a form in parts. @throws OperationError for texts the database can't hold, MalformedBodyError */
export async function parametersOf(c: Context): Promise<Parameters> {
  const parameters = { ...parseQuery(new URL(c.req.url).search), ...(await bodyOf(c)) };
  refuseUnfitInput(parameters);
  return parameters;
}

/** A parameter that is a text, else undefined. */
export function textOf(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The client program: by HTTP Basic (both parts form-encoded), else by parameters
 * (docs/instance/oauth.md#tokens).
 */
export function clientOf(c: Context, parameters: Parameters): ClientCredentials {
  const basic = /^basic\s+([A-Za-z0-9+/]+=*)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (basic === undefined)
    return { id: textOf(parameters, 'client_id'), secret: textOf(parameters, 'client_secret') };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: formDecoded(id), secret: formDecoded(secret.join(':')) };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? '';
}
