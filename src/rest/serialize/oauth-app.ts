import type { AppRow } from '../../database/oauth-apps.js';

/**
 * An app as it is told to whom registered it (docs/instance/oauth.md#registering-a-client-program);
 * `vapid_key` only where the instance's web push is set up.
 */
export function registeredApp(app: AppRow, vapidKey: string | undefined): Record<string, unknown> {
  return {
    id: String(app.id),
    name: app.clientName,
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: app.redirectUris,
    website: app.website,
    ...(vapidKey === undefined ? {} : { vapid_key: vapidKey }),
  };
}

/** The same as admins see it (docs/instance/other-routes.md#client-programs). */
export function oauthAppAnswer(app: AppRow, vapidKey: string | undefined): Record<string, unknown> {
  return { ...registeredApp(app, vapidKey), id: Number(app.id), trusted: app.trusted ?? false };
}
