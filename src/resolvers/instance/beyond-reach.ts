import type { Access } from '../../auth/access.js';
import { failure } from '../../errors.js';
import { operation, type Operation } from '../operation.js';

/**
 * What only the instance's own process can do, behind the same gate as there: who may not do it there is told so, and who may is told that Steward
 * can't (docs/instance/admin-fe.md#invites-relays-log-and-media-proxy,
 * docs/instance/admin-fe.md#settings-documents-and-emoji).
 */
function beyondReach(name: string, access: Access, reason: string): Operation<object, never> {
  return operation({ name, access, run: () => { throw failure('UNSUPPORTED', reason); } });
}

const write = { role: 'admin', scope: 'admin:write' } as const;
const writeAsStaff = {
  role: 'staff',
  scope: 'admin:write',
  pleroma: { privilege: 'emoji_manage_emoji' },
} as const;
const writeCaches = { role: 'admin', scope: 'admin:write:media_proxy_caches' } as const;

export const instanceRestart = beyondReach('instanceRestart', write, 'Steward can not restart the instance, which is another process; its own service manager can.');
export const emojiReload = beyondReach('emojiReload', writeAsStaff, 'The instance keeps its emoji in memory; it reads them anew when it starts, or from its own API.');
export const frontendInstall = beyondReach('frontendInstall', write, 'Front-ends lie on the disk of the instance, where only it can install them.');
export const mediaProxyCacheDelete = beyondReach('mediaProxyCacheDelete', writeCaches, 'The media proxy keeps what is banned in the memory of the instance, where only it can remove it.');
export const mediaProxyCachePurge = beyondReach('mediaProxyCachePurge', writeCaches, 'The media proxy and its cache belong to the instance; only it can empty them.');
const upload = { role: 'staff', scope: 'write:media', pleroma: { role: 'staff' } } as const;
export const mediaUpload = beyondReach('mediaUpload', upload, 'Uploads lie on the disk of the instance; Steward takes none.');
export const emojiPackChange = beyondReach('emojiPackChange', writeAsStaff, 'Emoji packs lie on the disk of the instance, where only it can change them.');
