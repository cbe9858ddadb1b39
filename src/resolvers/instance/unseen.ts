import { operation } from '../operation.js';

/**
 * What the instance keeps in its memory or on its disk and a dashboard asks for on every page. Nothing of it stands in the database, so there is nothing
 * to list; an error would be shown each time (docs/instance/admin-fe.md).
 */
const nothing = (): Promise<readonly never[]> => Promise.resolve([]);

/** The front-ends the instance offers; its program and its disk know. */
export const frontendsList = operation({
  name: 'frontendsList',
  access: { role: 'admin', scope: 'admin:read' },
  run: nothing,
});

/** The addresses its media proxy does not fetch; its memory knows. */
export const mediaProxyCachesList = operation({
  name: 'mediaProxyCachesList',
  access: { role: 'admin', scope: 'admin:read:media_proxy_caches' },
  run: nothing,
});

/** Its emoji packs; its disk knows. */
export const emojiPacksList = operation({
  name: 'emojiPacksList',
  access: { role: 'staff', scope: 'admin:read', pleroma: { role: 'staff' } },
  run: nothing,
});

/** The chats of an account: Akkoma has none, and Pleroma's are private (docs/deviations.md). */
export const userChatsList = operation({
  name: 'userChatsList',
  access: {
    role: 'privileged',
    scope: 'admin:read:chats',
    pleroma: { privilege: 'messages_read' },
  },
  run: nothing,
});
