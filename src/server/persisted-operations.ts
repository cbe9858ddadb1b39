import { readFileSync } from 'node:fs';
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { parse, validate } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { EnvironmentError, type Environment } from '../environment.js';
import { schema } from '../schema/index.js';
import { refusalError } from './limits/limit-error.js';

/** Documents known by name, and whether there are others. */
export interface PersistedOperations {
  readonly mode: 'only' | 'also';
  readonly documents: ReadonlyMap<string, string>;
}

/** What PERSISTED_OPERATIONS and its file settle. @throws EnvironmentError for one without the other, and every entry of the file that is no valid document. */
export function persistedFrom({ PERSISTED_OPERATIONS: mode, PERSISTED_OPERATIONS_FILE: file }: Pick<Environment, 'PERSISTED_OPERATIONS' | 'PERSISTED_OPERATIONS_FILE'>): PersistedOperations | undefined {
  if (mode === undefined && file === undefined) return undefined;
  if (mode === undefined || file === undefined) throw new EnvironmentError('PERSISTED_OPERATIONS and PERSISTED_OPERATIONS_FILE need each other.');
  return readPersistedOperations(mode, file);
}

/**
 * Reads `{"<hash>": "<document>"}`, as the persisted query manifests of GraphQL clients are easily made into.
 * @throws EnvironmentError naming every entry that is no valid document of this schema.
 */
function readPersistedOperations(mode: 'only' | 'also', file: string): PersistedOperations {
  const documents = new Map(Object.entries(readEntries(file)));
  const faults = [...documents].flatMap(([hash, document]) => faultsOf(document).map((fault) => `  ${hash}: ${fault}`));
  if (faults.length > 0) throw new EnvironmentError(`PERSISTED_OPERATIONS_FILE holds documents that can't be run:\n${faults.join('\n')}`);
  return { mode, documents: documents as ReadonlyMap<string, string> };
}

function readEntries(file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (error) {
    throw new EnvironmentError(`PERSISTED_OPERATIONS_FILE can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new EnvironmentError('PERSISTED_OPERATIONS_FILE must be a JSON object of hash and document.');
}

function faultsOf(document: unknown): string[] {
  if (typeof document !== 'string') return ['is no text'];
  try {
    return validate(schema, parse(document)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * Runs documents by the hash in `extensions.persistedQuery`, as Apollo's clients send it. Nothing is ever added by a request: a client that
 * would register a document is answered as if it had sent that document alone.
 */
export function persistedOperations({ mode, documents }: PersistedOperations): Plugin {
  const only = () => refusalError('FORBIDDEN', 'Only persisted operations are served here.');
  return usePersistedOperations({
    allowArbitraryOperations: mode === 'also',
    getPersistedOperation: (hash) => documents.get(hash) ?? null,
    customErrors: {
      persistedQueryOnly: only,
      keyNotFound: () => (mode === 'only' ? only() : refusalError('INVALID', 'Must provide query string.')),
      // Apollo's clients know this message and send the whole document then.
      notFound: () => refusalError('NOT_FOUND', 'PersistedQueryNotFound'),
    },
  });
}
