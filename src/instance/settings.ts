import { moderatorDefaults, privileges, type RoleSettings } from './privileges.js';
import type { Database } from '../database/database.js';
import type { Family } from '../database/family.js';
import { decodeTerm } from '../erlang/decode.js';
import { TermError } from '../erlang/term-error.js';
import { asBoolean, asInteger, asText, asTextList, keyword, type Term } from '../erlang/term.js';
import { sourceOf, type ConfigSource, type Layer, type Unread } from './config-source.js';
import { guardIn, privilegesIn, unreadIn, whitelistIn } from './guarded-values.js';
import { restrictedNicknames } from './restricted-nicknames.js';
import { softwareNames } from './version.js';
import { welcomeSettings, type WelcomeSettings } from './welcome.js';

/**
 * What Steward needs to know of the instance's configuration; names are the instance's own
 * (docs/instance/config.md#settings-steward-reads).
 */
export interface InstanceSettings extends RoleSettings {
  /** e.g. `https://akkoma.local`, without a slash at the end. */
  readonly baseUrl: string;
  /** Host and port of the base URL: what stands behind the `@` of a local account. */
  readonly host: string;
  readonly name: string;
  /** Of its software, e.g. 3.16.0. */
  readonly version: string;
  readonly email: string;
  readonly registrationsOpen: boolean;
  readonly invitesEnabled: boolean;
  readonly accountActivationRequired: boolean;
  readonly accountApprovalRequired: boolean;
  readonly federating: boolean;
  readonly autofollowedNicknames: readonly string[];
  readonly autofollowingNicknames: readonly string[];
  readonly bioLength: number;
  readonly nameLength: number;
  /** Most profile fields of a local account. */
  readonly maxProfileFields: number;
  readonly profileFieldNameLength: number;
  /** Of a value, with the links made of it. */
  readonly profileFieldValueLength: number;
  readonly extendedNicknames: boolean;
  readonly restrictedNicknames: readonly string[];
  readonly emailBlacklist: readonly string[];
  readonly denyFollowBlocked: boolean;
  readonly welcomeMail: boolean;
  readonly welcome: WelcomeSettings;
  readonly defaultAvatar: string;
  /** Whether Pleroma shows the icons of instances; Akkoma always does. */
  readonly instanceFavicons: boolean;
  /** Whether the instance looks for previews of linked pages. */
  readonly richMedia: boolean;
  /** Most characters of a status. */
  readonly statusLength: number;
  /** Only mentions at the beginning of a direct message address anyone. */
  readonly safeDmMentions: boolean;
  /** Whether a report loses its snapshots when it is closed or resolved; Akkoma knows no other way. */
  readonly reportStripStatus: boolean;
  readonly cleanupAttachments: boolean;
  /** Seconds. */
  readonly cleanupAttachmentsDelay: number;
  /** Whether the instance keeps a search index besides the database and must hear of deletions. */
  readonly searchIndex: boolean;
  /** Whether the instance reads its `config` table. */
  readonly isConfigurable: boolean;
  /** `database_config_whitelist` as its file and its rows have it; what is written must pass each. */
  readonly configWhitelists: readonly Term[];
  /** Seconds a link for a new password works. */
  readonly passwordResetValidity: number;
  /** Seconds a new token works. */
  readonly tokenValidity: number;
  /**
   * Whether a token keeps its refresh token when it is refreshed; the instance calls it
   * `issue_new_refresh_token` (docs/instance/oauth.md#tokens).
   */
  readonly keepsRefreshToken: boolean;
  /** Whether the instance removes tokens when they expire. */
  readonly cleansExpiredTokens: boolean;
  /** Whether the instance itself sends mails. */
  readonly mailerEnabled: boolean;
  readonly description: string;
  readonly thumbnail: string;
  readonly languages: readonly string[];
  readonly uploadLimit: number;
  /** Where archives of accounts are built, without a slash at the end. */
  readonly backupDirectory: string;
  /** What browsers need to be pushed to; undefined = stands neither in the file nor in the table. */
  readonly vapidPublicKey: string | undefined;
  /** Everything that is set but could not be read; the settings that restrict are closed where it concerns them. */
  readonly unread: readonly Unread[];
  /** Lists of what new accounts must not have that could not be read, e.g. `Pleroma.User email_blacklist`. */
  readonly unreadProhibitions: readonly string[];
}

export type { ConfigSource } from './config-source.js';

/** The keys Steward reads, as the `config` table spells them. */
const keys = [
  ':instance',
  ':user',
  ':welcome',
  ':assets',
  ':instances_favicons',
  ':oauth2',
  ':database_config_whitelist',
  ':rich_media',
  'Pleroma.Emails.Mailer',
  'Pleroma.User',
  'Pleroma.User.Backup',
  'Pleroma.Web.Endpoint',
  'Pleroma.Search',
];

const vapidDetails = { group: ':web_push_encryption', key: ':vapid_details' };

/** The `config` rows that matter here. Rows that are no terms are told as unread. */
export async function configRows(database: Database): Promise<ConfigSource> {
  const rows = await database.read(
    `select c."group", c.key, encode(c.value, 'hex') from config c where c."group" = ':pleroma' and c.key = any($1::varchar[]) or c."group" = $2 and c.key = $3`,
    [keys, vapidDetails.group, vapidDetails.key],
    3,
  );
  const layers = rows.map(([group, key, value]): Layer => {
    const name = { group: group ?? '', key: key ?? '' };
    const term = readable(Buffer.from(value ?? '', 'hex'));
    if (term === undefined)
      return {
        kind: 'unread',
        where: 'the table config',
        ...name,
        path: [],
        message: 'the value is no term of Erlang',
      };
    return { kind: 'value', ...name, value: term };
  });
  const values = new Map(
    layers.flatMap((layer) =>
      layer.kind === 'value' ? [[`${layer.group}.${layer.key}`, layer.value] as const] : [],
    ),
  );
  return sourceOf(values, layers);
}

function readable(value: Uint8Array): Term | undefined {
  try {
    return decodeTerm(value);
  } catch (error) {
    if (error instanceof TermError) return undefined;
    throw error;
  }
}

/**
 * Puts the settings together: the instance's defaults, over them its configuration file, over both its `config` rows.
 * @param sources strongest first.
 */
export function settingsFrom(
  sources: readonly ConfigSource[],
  baseUrl: string,
  family: Family,
  isConfigurable: boolean,
): Omit<InstanceSettings, 'version'> {
  const akkoma = family === 'akkoma';
  const findIn = (group: string, key: string, ...path: readonly string[]): Term | undefined => {
    for (const source of sources) {
      const root = source.get(`${group}.${key}`);
      const value = path.reduce<Term | undefined>(
        (term, part) => term && keyword(term, part),
        root,
      );
      if (value) return value;
    }
    return undefined;
  };
  const find = (key: string, ...path: readonly string[]): Term | undefined =>
    findIn(':pleroma', key, ...path);
  const flag = (fallback: boolean, key: string, ...path: string[]): boolean =>
    asBoolean(find(key, ...path)) ?? fallback;
  const guard = (fallback: boolean, closed: boolean, key: string, ...path: string[]): boolean =>
    guardIn(sources, [key, ...path], { fallback, closed });
  const number = (fallback: number, key: string, ...path: string[]): number =>
    asInteger(find(key, ...path)) ?? fallback;
  const words = (fallback: readonly string[], key: string, ...path: string[]): readonly string[] =>
    asTextList(find(key, ...path)) ?? fallback;
  const { host } = new URL(baseUrl);
  return {
    baseUrl,
    host,
    name: asText(find(':instance', 'name')) ?? softwareNames[family],
    email:
      asText(find(':instance', 'notify_email')) ??
      asText(find(':instance', 'email')) ??
      `noreply@${host}`,
    registrationsOpen: guard(true, false, ':instance', 'registrations_open'),
    invitesEnabled: guard(false, false, ':instance', 'invites_enabled'),
    accountActivationRequired: guard(false, true, ':instance', 'account_activation_required'),
    accountApprovalRequired: guard(false, true, ':instance', 'account_approval_required'),
    federating: guard(true, false, ':instance', 'federating'),
    privilegedStaff: guard(false, false, ':instance', 'privileged_staff'),
    adminPrivileges: privilegesIn(sources, 'admin_privileges') ?? privileges,
    moderatorPrivileges: privilegesIn(sources, 'moderator_privileges') ?? moderatorDefaults,
    autofollowedNicknames: words([], ':instance', 'autofollowed_nicknames'),
    autofollowingNicknames: words([], ':instance', 'autofollowing_nicknames'),
    bioLength: number(5_000, ':instance', 'user_bio_length'),
    nameLength: number(100, ':instance', 'user_name_length'),
    maxProfileFields: number(10, ':instance', 'max_account_fields'),
    profileFieldNameLength: number(512, ':instance', 'account_field_name_length'),
    profileFieldValueLength: number(2_048, ':instance', 'account_field_value_length'),
    extendedNicknames: guard(true, false, ':instance', 'extended_nickname_format'),
    restrictedNicknames: words(restrictedNicknames, 'Pleroma.User', 'restricted_nicknames'),
    emailBlacklist: words([], 'Pleroma.User', 'email_blacklist'),
    denyFollowBlocked: guard(true, true, ':user', 'deny_follow_blocked'),
    welcomeMail: flag(false, ':welcome', 'email', 'enabled'),
    welcome: welcomeSettings(
      (...path) => find(':welcome', ...path),
      (part) => (part !== 'chat_message' || !akkoma) && flag(false, ':welcome', part, 'enabled'),
      asText(find(':instance', 'name')) ?? softwareNames[family],
    ),
    defaultAvatar: asText(find(':assets', 'default_user_avatar')) ?? '/images/avi.png',
    instanceFavicons: akkoma || flag(false, ':instances_favicons', 'enabled'),
    richMedia: flag(true, ':rich_media', 'enabled'),
    statusLength: number(5_000, ':instance', 'limit'),
    safeDmMentions: guard(false, true, ':instance', 'safe_dm_mentions'),
    reportStripStatus: akkoma || flag(true, ':instance', 'report_strip_status'),
    cleanupAttachments: flag(akkoma, ':instance', 'cleanup_attachments'),
    cleanupAttachmentsDelay: number(1_800, ':instance', 'cleanup_attachments_delay'),
    searchIndex: !akkoma || ownSearchIndex(find('Pleroma.Search', 'module')),
    isConfigurable,
    configWhitelists: sources.flatMap(whitelistIn),
    passwordResetValidity: number(86_400, ':instance', 'password_reset_token_validity'),
    tokenValidity: number(100 * 365 * 86_400, ':oauth2', 'token_expires_in'),
    keepsRefreshToken: flag(true, ':oauth2', 'issue_new_refresh_token'),
    cleansExpiredTokens: flag(false, ':oauth2', 'clean_expired_tokens'),
    mailerEnabled: flag(false, 'Pleroma.Emails.Mailer', 'enabled'),
    description: asText(find(':instance', 'description')) ?? '',
    thumbnail: asText(find(':instance', 'instance_thumbnail')) ?? '/instance/thumbnail.jpeg',
    languages: words(['en'], ':instance', 'languages'),
    uploadLimit: number(16_000_000, ':instance', 'upload_limit'),
    backupDirectory: (asText(find('Pleroma.User.Backup', 'tempdir')) ?? '/tmp').replace(
      /(?<!\/)\/+$/,
      '',
    ),
    vapidPublicKey: asText(findIn(vapidDetails.group, vapidDetails.key, 'public_key')),
    unread: sources.flatMap(({ unread = [] }) => unread),
    unreadProhibitions: prohibitions
      .filter((name) => unreadIn(sources, ['Pleroma.User', name]) !== undefined)
      .map((name) => `Pleroma.User ${name}`),
  };
}

const prohibitions = ['restricted_nicknames', 'email_blacklist'];

/**
 * Akkoma leaves jobs only for search modules with an index of their own
 * (docs/instance/jobs.md#jobs-by-purpose); its default searches the database.
 */
function ownSearchIndex(searchModule: Term | undefined): boolean {
  return (
    searchModule?.kind === 'atom' && searchModule.name !== 'Elixir.Pleroma.Search.DatabaseSearch'
  );
}
