/** Nicknames nobody may register by default (docs/instance/config.md#settings-steward-reads). */
export const restrictedNicknames: readonly string[] = [
  '.well-known', '~', 'about', 'activities', 'api', 'auth', 'check_password', 'dev', 'friend-requests', 'inbox', 'internal', 'main', 'media', 'nodeinfo', 'notice',
  'oauth', 'objects', 'ostatus_subscribe', 'pleroma', 'proxy', 'push', 'registration', 'relay', 'settings', 'status', 'tag', 'user-search', 'user_exists', 'users',
  'web', 'verify_credentials', 'update_credentials', 'relationships', 'search', 'confirmation_resend', 'mfa',
];
