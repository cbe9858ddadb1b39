/**
 * What stands directly below `Pleroma.` in Akkoma ≥ 3.10 and Pleroma ≥ 2.5, and the whole of one namespace no operator adds to.
 * A name outside is a module the instance certainly lacks; below these namespaces operators keep modules of their own, so nothing is said.
 */
const namespaces = new Set([
  'Activity',
  'Akkoma',
  'Announcement',
  'AnnouncementReadRelationship',
  'Application',
  'ApplicationRequirements',
  'BBS',
  'Bookmark',
  'BookmarkFolder',
  'Caching',
  'Captcha',
  'Chat',
  'Clippy',
  'Collections',
  'Config',
  'ConfigDB',
  'Constants',
  'Conversation',
  'CounterCache',
  'DataMigration',
  'Delivery',
  'Docs',
  'EctoType',
  'Elasticsearch',
  'Emails',
  'Emoji',
  'Filter',
  'FollowingRelationship',
  'Formatter',
  'Frontend',
  'Gopher',
  'Gun',
  'HTML',
  'HTTP',
  'Hashtag',
  'Healthcheck',
  'Helpers',
  'ISO639',
  'Instances',
  'JWT',
  'JobQueueMonitor',
  'Keys',
  'Language',
  'List',
  'LoadTesting',
  'MFA',
  'MIME',
  'Maintenance',
  'Maps',
  'Marker',
  'MigrationHelper',
  'Migrators',
  'ModerationLog',
  'Notification',
  'Object',
  'ObjectTombstone',
  'Optimization',
  'OTPVersion',
  'Pagination',
  'Password',
  'PasswordResetToken',
  'Plugs',
  'PromEx',
  'PrometheusExporter',
  'Registration',
  'ReleaseTasks',
  'Repo',
  'ReportNote',
  'ReverseProxy',
  'Rule',
  'SafeZip',
  'ScheduledActivity',
  'Search',
  'Signature',
  'Stats',
  'Telemetry',
  'Tesla',
  'Tests',
  'ThreadMute',
  'Translators',
  'Upload',
  'Uploaders',
  'User',
  'UserInviteToken',
  'UserNote',
  'UserRelationship',
  'Utils',
  'Web',
  'Workers',
  'XmlBuilder',
]);
const captchas = new Set(['Kocaptcha', 'Native', 'Service', 'Mock']);

/**
 * Whether the instance has no module of this name (without `Elixir.`) for certain. Akkoma stores the atom `:invalid_atom` for one
 * (docs/instance/config.md#json-to-term).
 * @param own modules of the operator, with all below them.
 */
export function isMissingModule(module: string, own: readonly string[] = []): boolean {
  const [root, namespace = '', member] = module.split('.');
  if (root !== 'Pleroma' || own.some((name) => module === name || module.startsWith(`${name}.`)))
    return false;
  return (
    !namespaces.has(namespace) ||
    (namespace === 'Captcha' && member !== undefined && !captchas.has(member))
  );
}
