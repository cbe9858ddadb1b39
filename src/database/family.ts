import type { Pool } from 'pg';

/** Which of the two server families the tables belong to (docs/instance/schema.md#families). */
export type Family = 'akkoma' | 'pleroma';

/** The attached database is not one Steward can serve; `missing` lists tables and columns (`table.column`). Nothing was written. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';

  constructor(
    message: string,
    readonly missing: readonly string[],
  ) {
    super(missing.length > 0 ? `${message} Missing: ${missing.join(', ')}.` : message);
  }
}

export interface SchemaReport {
  readonly family: Family;
  /** Newest migration of the instance, e.g. 20250806000000; undefined when the table holds none. */
  readonly newestMigration: string | undefined;
  /** Whether Steward may see which process leads the instance's queue (`oban_peers`). */
  readonly showsPeers: boolean;
  readonly optional: OptionalParts;
}

/** What only some versions of a family have. */
export interface OptionalParts {
  /** `backups.tempdir`, since Pleroma 2.7: without it an archive is not made there. */
  readonly backupTempdir: boolean;
  /** The table `rules`, since Pleroma 2.7. */
  readonly rules: boolean;
  /** The table `rich_media_card` of linked pages: neither in Pleroma before 2.7 nor in older Akkomas. */
  readonly previewCards: boolean;
  /** `users.status_ttl_days`, of Akkoma. */
  readonly statusTtlDays: boolean;
  /** `users.permit_followback`, of Akkoma. */
  readonly permitFollowback: boolean;
  /** `users.accepts_direct_messages_from`, of Akkoma. */
  readonly acceptsDirectMessagesFrom: boolean;
}

/** What Steward reads or writes, per table; the columns exist in Akkoma ≥ 3.10 and Pleroma ≥ 2.5. */
const needed: Readonly<Record<string, readonly string[]>> = {
  users: [
    'id',
    'nickname',
    'email',
    'name',
    'bio',
    'ap_id',
    'password_hash',
    'avatar',
    'banner',
    'background',
    'local',
    'tags',
    'is_active',
    'is_admin',
    'is_moderator',
    'is_confirmed',
    'is_approved',
    'is_suggested',
    'is_locked',
    'invisible',
    'actor_type',
    'follower_address',
    'follower_count',
    'following_count',
    'note_count',
    'confirmation_token',
    'password_reset_pending',
    'registration_reason',
    'multi_factor_authentication_settings',
    'pinned_objects',
    'featured_address',
    'last_active_at',
    'last_status_at',
    'inserted_at',
    'updated_at',
  ],
  activities: ['id', 'data', 'local', 'actor', 'recipients', 'inserted_at', 'updated_at'],
  objects: ['id', 'data', 'inserted_at', 'updated_at'],
  moderation_log: ['id', 'data', 'inserted_at', 'updated_at'],
  oban_jobs: [
    'id',
    'state',
    'queue',
    'worker',
    'args',
    'meta',
    'tags',
    'errors',
    'attempt',
    'max_attempts',
    'priority',
    'inserted_at',
    'scheduled_at',
  ],
  config: ['id', 'group', 'key', 'value', 'inserted_at', 'updated_at'],
  apps: ['id', 'client_name', 'redirect_uris', 'scopes', 'client_id', 'client_secret', 'trusted'],
  oauth_tokens: ['id', 'app_id', 'user_id', 'token', 'refresh_token', 'scopes', 'valid_until'],
  oauth_authorizations: ['id', 'app_id', 'user_id', 'token', 'scopes', 'valid_until', 'used'],
  mfa_tokens: ['id', 'user_id', 'authorization_id', 'token', 'valid_until'],
  following_relationships: ['id', 'follower_id', 'following_id', 'state'],
  user_relationships: ['id', 'source_id', 'target_id', 'relationship_type'],
  user_invite_tokens: ['id', 'token', 'used', 'expires_at', 'uses', 'max_use', 'invite_type'],
  password_reset_tokens: ['id', 'token', 'user_id', 'used'],
  notifications: ['id', 'user_id', 'activity_id', 'type', 'seen'],
  report_notes: ['id', 'user_id', 'activity_id', 'content'],
};

const ownTables: Readonly<Record<Family, readonly string[]>> = {
  akkoma: [
    'signing_keys.user_id',
    'signing_keys.key_id',
    'signing_keys.public_key',
    'signing_keys.private_key',
  ],
  pleroma: ['users.keys'],
};

/**
 * Tells the family of a database and checks that it has everything Steward needs, as far as its role sees it: what
 * `information_schema.columns` would say, in a tenth of the time. Reads only.
 * @throws SchemaError when it is no Akkoma or Pleroma database, or too old a one.
 */
export async function checkSchema(pool: Pool): Promise<SchemaReport> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'f', 'p') and a.attnum > 0 and not a.attisdropped
     and (pg_has_role(c.relowner, 'usage') or has_column_privilege(c.oid, a.attnum, 'select, insert, update, references'))`,
  );
  const present = new Set(rows.map((row) => row.name));
  const missing = Object.entries(needed).flatMap(([table, columns]) =>
    missingOf(present, table, columns),
  );
  const family = present.has('signing_keys.key_id')
    ? 'akkoma'
    : present.has('users.keys')
      ? 'pleroma'
      : undefined;
  if (missing.length > 0)
    throw new SchemaError('This is no database of Akkoma ≥ 3.10 or Pleroma ≥ 2.5.', missing);
  if (!family)
    throw new SchemaError('This is neither an Akkoma nor a Pleroma database.', [
      'signing_keys (Akkoma)',
      'users.keys (Pleroma)',
    ]);
  const missingOwn = ownTables[family].filter((name) => !present.has(name));
  if (missingOwn.length > 0)
    throw new SchemaError(`This ${family} database is too old.`, missingOwn);
  return {
    family,
    newestMigration: present.has('schema_migrations.version')
      ? await newestMigration(pool)
      : undefined,
    showsPeers: present.has('oban_peers.expires_at'),
    optional: {
      backupTempdir: present.has('backups.tempdir'),
      rules: present.has('rules.hint'),
      previewCards: present.has('rich_media_card.url_hash'),
      statusTtlDays: present.has('users.status_ttl_days'),
      permitFollowback: present.has('users.permit_followback'),
      acceptsDirectMessagesFrom: present.has('users.accepts_direct_messages_from'),
    },
  };
}

function missingOf(
  present: ReadonlySet<string>,
  table: string,
  columns: readonly string[],
): string[] {
  const absent = columns.map((column) => `${table}.${column}`).filter((name) => !present.has(name));
  return absent.length === columns.length ? [table] : absent;
}

async function newestMigration(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ version: string | null }>(
    'select max(version)::text as version from public.schema_migrations',
  );
  return rows[0]?.version ?? undefined;
}
