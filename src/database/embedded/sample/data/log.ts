type Users = { users: readonly string[] };

/** What the log says was done, oldest first; changes of reports are added from the reports themselves. */
export type LogData = { by: string; daysAgo: number } & (
  | ({
      action:
        | 'create'
        | 'delete'
        | 'activate'
        | 'deactivate'
        | 'approve'
        | 'confirm_email'
        | 'resend_confirmation_email';
    } & Users)
  | ({
      action: 'add_suggestion' | 'remove_suggestion' | 'force_password_reset' | 'updated_users';
    } & Users)
  | ({ action: 'tag' | 'untag'; tags: readonly string[] } & Users)
  | ({ action: 'grant' | 'revoke'; permission: 'admin' | 'moderator' } & Users)
  | { action: 'follow' | 'unfollow'; follower: string; followed: string }
  | { action: 'relay_follow' | 'relay_unfollow'; target: string }
  | { action: 'status_update'; status: string; sensitive: boolean; visibility: null }
  | { action: 'status_update'; status: string; sensitive: null; visibility: string }
  | { action: 'status_delete' }
  | { action: 'create_backup'; user: string }
);

export const logEntries: readonly LogData[] = [
  { by: 'mira', daysAgo: 59, action: 'grant', users: ['odalys'], permission: 'moderator' },
  { by: 'mira', daysAgo: 58, action: 'relay_follow', target: 'https://relay.example/actor' },
  { by: 'jonas', daysAgo: 56, action: 'add_suggestion', users: ['aiko', 'bastien'] },
  {
    by: 'tamsin',
    daysAgo: 53,
    action: 'tag',
    users: ['gadgetgarden'],
    tags: ['mrf_tag:media-strip', 'needs-watching'],
  },
  { by: 'rafael', daysAgo: 51, action: 'confirm_email', users: ['yara'] },
  { by: 'mira', daysAgo: 49, action: 'delete', users: ['coupons4you', 'coupons5you'] },
  { by: 'jonas', daysAgo: 47, action: 'revoke', users: ['odalys'], permission: 'moderator' },
  { by: 'tamsin', daysAgo: 44, action: 'status_delete' },
  { by: 'mira', daysAgo: 42, action: 'add_suggestion', users: ['amara', 'fatima', 'jasper'] },
  { by: 'rafael', daysAgo: 39, action: 'deactivate', users: ['oskar'] },
  { by: 'rafael', daysAgo: 38.9, action: 'activate', users: ['oskar'] },
  { by: 'jonas', daysAgo: 36, action: 'relay_follow', target: 'https://noisy-relay.example/actor' },
  {
    by: 'jonas',
    daysAgo: 35,
    action: 'relay_unfollow',
    target: 'https://noisy-relay.example/actor',
  },
  { by: 'mira', daysAgo: 34, action: 'force_password_reset', users: ['lucija'] },
  { by: 'mira', daysAgo: 31, action: 'approve', users: ['ivy'] },
  { by: 'jonas', daysAgo: 28, action: 'create', users: ['visitor1', 'visitor2'] },
  { by: 'jonas', daysAgo: 27, action: 'delete', users: ['visitor1', 'visitor2'] },
  { by: 'mira', daysAgo: 26, action: 'remove_suggestion', users: ['jasper'] },
  {
    by: 'rafael',
    daysAgo: 23.3,
    action: 'tag',
    users: ['felix'],
    tags: ['mrf_tag:media-force-nsfw'],
  },
  {
    by: 'rafael',
    daysAgo: 23.2,
    action: 'status_update',
    status: 'light-organ',
    sensitive: true,
    visibility: null,
  },
  { by: 'tamsin', daysAgo: 18.9, action: 'status_delete' },
  { by: 'mira', daysAgo: 18.8, action: 'deactivate', users: ['bakery_official'] },
  {
    by: 'tamsin',
    daysAgo: 16.6,
    action: 'status_update',
    status: 'capitals',
    sensitive: null,
    visibility: 'unlisted',
  },
  {
    by: 'tamsin',
    daysAgo: 16.4,
    action: 'tag',
    users: ['quentin'],
    tags: ['mrf_tag:force-unlisted', 'shouting'],
  },
  { by: 'tamsin', daysAgo: 15, action: 'untag', users: ['quentin'], tags: ['shouting'] },
  { by: 'mira', daysAgo: 12.8, action: 'tag', users: ['dealfinder'], tags: ['mrf_tag:sandbox'] },
  { by: 'mira', daysAgo: 12.7, action: 'deactivate', users: ['dealfinder'] },
  { by: 'jonas', daysAgo: 9, action: 'follow', follower: 'harbourweather', followed: 'eilidh' },
  {
    by: 'jonas',
    daysAgo: 8.5,
    action: 'unfollow',
    follower: 'harbourweather',
    followed: 'dailypress@press.example',
  },
  { by: 'mira', daysAgo: 7, action: 'create_backup', user: 'carlotta' },
  { by: 'tamsin', daysAgo: 6, action: 'resend_confirmation_email', users: ['leopold'] },
  { by: 'mira', daysAgo: 5.5, action: 'updated_users', users: ['harbourweather'] },
  {
    by: 'rafael',
    daysAgo: 4.8,
    action: 'tag',
    users: ['megasavings@mastodon.example'],
    tags: ['mrf_tag:sandbox'],
  },
  { by: 'jonas', daysAgo: 1.5, action: 'force_password_reset', users: ['emre'] },
];
