import type { Access } from '../../auth/access.js';
import { failure } from '../../errors.js';
import { operation, type Operation } from '../operation.js';

/**
 * What only the instance's own process can do, behind the same gate as there: who may not do it there is told so, and who may is told that Steward
 * can't (docs/instance/admin-fe.md#invites-relays-log-and-media-proxy,
 * docs/instance/admin-fe.md#settings-documents-and-emoji).
 */
function beyondReach(name: string, access: Access, reason: string): Operation<object, never> {
  return operation({
    name,
    access,
    run: () => {
      throw failure('UNSUPPORTED', reason);
    },
  });
}

const write = { role: 'admin', scope: 'admin:write' } as const;
const writeAsStaff = {
  role: 'staff',
  scope: 'admin:write',
  pleroma: { privilege: 'emoji_manage_emoji' },
} as const;

export const frontendInstall = beyondReach(
  'frontendInstall',
  write,
  'Front-ends lie on the disk of the instance, where only it can install them.',
);
const upload = { role: 'staff', scope: 'write:media', pleroma: { role: 'staff' } } as const;
export const mediaUpload = beyondReach(
  'mediaUpload',
  upload,
  'Uploads lie on the disk of the instance; Steward takes none.',
);
export const emojiPackChange = beyondReach(
  'emojiPackChange',
  writeAsStaff,
  'Emoji packs lie on the disk of the instance, where only it can change them.',
);
