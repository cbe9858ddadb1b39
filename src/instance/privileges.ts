/**
 * The privileges of Pleroma (since 2.5). Its settings `:instance, :admin_privileges` and
 * `:moderator_privileges` give each role a list of them; Akkoma knows none.
 */
export const privileges = [
  'users_read',
  'users_manage_invites',
  'users_manage_activation_state',
  'users_manage_tags',
  'users_manage_credentials',
  'users_delete',
  'messages_read',
  'messages_delete',
  'instances_delete',
  'reports_manage_reports',
  'moderation_log_read',
  'announcements_manage_announcements',
  'emoji_manage_emoji',
  'statistics_read',
] as const;

export type Privilege = (typeof privileges)[number];

/** What Pleroma gives moderators while nobody has set their list; admins have all. */
export const moderatorDefaults: readonly Privilege[] = [
  'messages_delete',
  'reports_manage_reports',
];

/** What the instance's settings say of roles: one switch on Akkoma, two lists on Pleroma. */
export interface RoleSettings {
  readonly privilegedStaff: boolean;
  readonly adminPrivileges: readonly Privilege[];
  readonly moderatorPrivileges: readonly Privilege[];
}

/** The privileges of all roles an account has, each once, as Pleroma lists them. */
export function privilegesOf(
  { isAdmin, isModerator }: { readonly isAdmin: boolean; readonly isModerator: boolean },
  { adminPrivileges, moderatorPrivileges }: RoleSettings,
): Privilege[] {
  return [
    ...new Set([...(isModerator ? moderatorPrivileges : []), ...(isAdmin ? adminPrivileges : [])]),
  ];
}
