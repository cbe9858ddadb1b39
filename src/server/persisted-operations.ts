import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { parse, validate } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { EnvironmentError, type Environment } from '../environment.js';
import { schema } from '../schema/index.js';
import { refusalError } from './limits/limit-error.js';
import { requestError } from './request-error.js';

/** Documents known by name, and whether there are others. */
export interface PersistedOperations {
  readonly mode: 'only' | 'also';
  readonly documents: ReadonlyMap<string, string>;
}

/** What PERSISTED_OPERATIONS and its file settle. @throws EnvironmentError for one without the other, and every entry of the file that is no valid document. */
export function persistedFrom({
  PERSISTED_OPERATIONS: mode,
  PERSISTED_OPERATIONS_FILE: file,
}: Pick<Environment, 'PERSISTED_OPERATIONS' | 'PERSISTED_OPERATIONS_FILE'>):
  PersistedOperations | undefined {
  if (mode === undefined && file === undefined) return undefined;
  if (mode === undefined || file === undefined)
    throw new EnvironmentError(
      'PERSISTED_OPERATIONS and PERSISTED_OPERATIONS_FILE need each other.',
    );
  return readPersistedOperations(mode, file);
}

/**
 * Reads `{"<hash>": "<document>"}`, as the persisted query manifests of GraphQL clients are easily made into.
 * @throws EnvironmentError naming every entry that is no valid document of this schema.
 */
function readPersistedOperations(mode: 'only' | 'also', file: string): PersistedOperations {
  const documents = new Map(Object.entries(readEntries(file)));
  const faults = [...documents].flatMap(([hash, document]) =>
    faultsOf(document).map((fault) => `  ${hash}: ${fault}`),
  );
  if (faults.length > 0)
    throw new EnvironmentError(
      `PERSISTED_OPERATIONS_FILE holds documents that can't be run:\n${faults.join('\n')}`,
    );
  return { mode, documents: documents as ReadonlyMap<string, string> };
}

function readEntries(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (error) {
    throw new EnvironmentError(
      `PERSISTED_OPERATIONS_FILE can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  throw new EnvironmentError(
    'PERSISTED_OPERATIONS_FILE must be a JSON object of hash and document.',
  );
}

function faultsOf(document: unknown): string[] {
  if (typeof document !== 'string') return ['is no text'];
  try {
    return validate(schema, parse(document)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** What automatic registration keeps: documents, and characters of them altogether. */
const [maxRegistered, maxCharacters] = [1_000, 4_000_000];

/** What Apollo's clients send in the place of a document, or beside it. */
const persistedQuery = z.object({ version: z.number(), sha256Hash: z.string() });

/**
 * Runs documents by the hash in `extensions.persistedQuery`, as Apollo's clients send it: those of the
 * file, and unless these are the only ones, documents that somebody with a credential sent with their hash
 * before (automatic persisted queries). Those are kept in memory, the least used go first, and a client
 * whose document has gone sends it again.
 */
export function persistedOperations(
  { mode, documents }: PersistedOperations = { mode: 'also', documents: new Map() },
): Plugin[] {
  const registered = new LRUCache<string, string>({
    max: maxRegistered,
    maxSize: maxCharacters,
    sizeCalculation: ({ length }) => Math.max(1, length),
  });
  const only = () => refusalError('FORBIDDEN', 'Only persisted operations are served here.');
  const lookUp = usePersistedOperations({
    allowArbitraryOperations: mode === 'also',
    getPersistedOperation: (hash) => documents.get(hash) ?? registered.get(hash) ?? null,
    customErrors: {
      persistedQueryOnly: only,
      keyNotFound: only,
      // Apollo's clients know these words: they send the whole document then, with or without its hash.
      notFound: () =>
        mode === 'only'
          ? requestError('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
          : requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound'),
    },
  });
  if (mode === 'only') return [lookUp];
  // What comes without a hash is none of its business: Yoga says what is wrong with it, if anything is.
  const onParams: Plugin['onParams'] = (payload) =>
    hasHash(payload.params.extensions) ? lookUp.onParams?.(payload) : undefined;
  return [registration(registered), { ...lookUp, onParams }];
}

/** Checks a hash that comes with its document, and keeps the document once it is about to be executed: it is valid then, and its sender is known. */
function registration(registered: LRUCache<string, string>): Plugin {
  return {
    onParams: ({ params: { query, extensions } }) => {
      if (!hasHash(extensions)) return;
      const { data } = persistedQuery.safeParse(extensions?.['persistedQuery']);
      if (data?.version !== 1)
        throw requestError('BAD_REQUEST', 'Unsupported persisted query version.');
      const isText = typeof query === 'string' && query !== '';
      if (isText && createHash('sha256').update(query).digest('hex') !== hashIn(data.sha256Hash))
        throw requestError('BAD_REQUEST', 'The provided sha256Hash is not that of the query.');
    },
    onExecute: ({ args }) => {
      const { params } = args.contextValue;
      const { data } = persistedQuery.safeParse(params.extensions?.['persistedQuery']);
      if (data && params.query !== undefined && params.query.length <= maxCharacters / 10)
        registered.set(data.sha256Hash, params.query);
    },
  };
}

function hasHash(extensions: GraphQLParams['extensions']): boolean {
  return extensions?.['persistedQuery'] !== undefined && extensions['persistedQuery'] !== null;
}

/** Some tools name the algorithm before the hash. */
function hashIn(text: string): string {
  return text.replace(/^sha256:/, '').toLowerCase();
}
