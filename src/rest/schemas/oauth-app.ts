import { z } from 'zod';
import { examples } from './examples.js';
import { component, flag, shown } from './parts.js';

/** A client program as admins see it (docs/instance/other-routes.md#client-programs). */
export const adminApp = component(
  'OAuthAppForAdmins',
  'A client program, with its secret.',
  z.object({
    id: shown(z.int(), Number(examples.appId)),
    name: shown(z.string(), 'A dashboard'),
    client_id: shown(z.string().nullable(), examples.clientId),
    client_secret: shown(z.string().nullable(), examples.clientSecret),
    redirect_uri: shown(z.string(), 'urn:ietf:wg:oauth:2.0:oob'),
    website: shown(z.string().nullable(), null),
    trusted: flag,
    vapid_key: shown(z.string(), 'BAq6m2w8G5Yw').optional(),
  }),
);
