import type { AppRow } from '../../database/oauth-apps.js';

/** An app as admins see it, its secret included (fixtures/transcripts/other.json); `vapid_key` only where it is known. */
export function oauthAppAnswer(app: AppRow, vapidKey: string | undefined): Record<string, unknown> {
  return {
    id: Number(app.id),
    name: app.clientName,
    client_id: app.clientId,
    client_secret: app.clientSecret,
    redirect_uri: app.redirectUris,
    website: app.website,
    trusted: app.trusted ?? false,
    ...(vapidKey === undefined ? {} : { vapid_key: vapidKey }),
  };
}
