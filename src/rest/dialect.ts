/**
 * Two generations of the admin API, told apart by the path (docs/decisions/0008-two-rest-dialects.md): `legacy` answers as the documents show,
 * `v1` as Akkoma 3.16 does.
 */
export type Dialect = 'legacy' | 'v1';

/**
 * What answers below the old prefix: the documents' dialect, or today's (the LEGACY_DIALECT setting).
 * `auto` goes by the instance and by who asks.
 */
export type LegacyDialect = 'documents' | 'akkoma' | 'auto';

export const prefixes: Readonly<Record<Dialect, string>> = {
  legacy: '/api/pleroma/admin',
  v1: '/api/v1/pleroma/admin',
};
