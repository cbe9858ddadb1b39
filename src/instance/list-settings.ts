/**
 * The settings of group `:pleroma` in which Akkoma or Pleroma have lists of names by default, or operators keep them in the configuration
 * file: policies, blocked servers, reserved names, filters.
 */
const settings = new Set([
  ':activitypub', ':assets', ':auth', ':connections_pool', ':emoji', ':features', ':feed', ':frontend_configurations', ':frontends', ':hackney_pools', ':http', ':http_security', ':instance', ':instances_favicons',
  ':instances_nodeinfo', ':ldap', ':manifest', ':markup', ':media_preview_proxy', ':media_proxy', ':modules', ':mrf', ':mrf_activity_expiration', ':mrf_dnsrbl', ':mrf_emoji', ':mrf_follow_bot', ':mrf_force_mention',
  ':mrf_hashtag', ':mrf_hellthread', ':mrf_inline_quote', ':mrf_keyword', ':mrf_mention', ':mrf_normalize_markup', ':mrf_nsfw_api', ':mrf_object_age', ':mrf_reject_newly_created_account_notes', ':mrf_rejectnonpublic',
  ':mrf_remote_report', ':mrf_simple', ':mrf_steal_emoji', ':mrf_subchain', ':mrf_user_allowlist', ':mrf_vocabulary', ':oauth2', ':populate_hashtags_table', ':restrict_unauthenticated', ':rich_media', ':shout',
  ':static_fe', ':streamer', ':suggestions', ':translator', ':uri_schemes', ':user', ':web_cache_ttl', ':welcome', ':workers', 'Oban', 'Pleroma.Captcha', 'Pleroma.Emails.Mailer', 'Pleroma.Emails.NewUsersDigestEmail',
  'Pleroma.Emails.UserEmail', 'Pleroma.Formatter', 'Pleroma.ScheduledActivity', 'Pleroma.Search', 'Pleroma.Search.Elasticsearch.Cluster', 'Pleroma.Search.Meilisearch', 'Pleroma.Upload',
  'Pleroma.Upload.Filter.AnonymizeFilename', 'Pleroma.Upload.Filter.Exiftool.StripMetadata', 'Pleroma.Upload.Filter.Mogrify', 'Pleroma.Uploaders.Local', 'Pleroma.Uploaders.S3', 'Pleroma.User',
  'Pleroma.User.Backup', 'Pleroma.Web.ApiSpec.CastAndValidate', 'Pleroma.Web.MediaProxy.Invalidation.Http', 'Pleroma.Web.Metadata', 'Pleroma.Web.Plugs.RemoteIp', 'Pleroma.Web.Preload', 'Pleroma.Web.WebFinger',
]);

/** Whether the instance may hold a list in this setting although the table has none; settings of one's own have no default. */
export function mayHoldList(group: string, key: string): boolean {
  return group === ':pleroma' && settings.has(key);
}
