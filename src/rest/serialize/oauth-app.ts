import type { AppRow } from '../../database/oauth-apps.js';

/** An app as it is told to whom registered it (facts/users.md §3.8); `vapid_key` only where the instance's web push is set up. */
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

/** The same as admins see it (fixtures/transcripts/other.json). */
export function oauthAppAnswer(app: AppRow, vapidKey: string | undefined): Record<string, unknown> {
  return { ...registeredApp(app, vapidKey), id: Number(app.id), trusted: app.trusted ?? false };
}
