import { failure, type InputPath } from '../errors.js';
import { parseHost } from '../lib/hosts.js';

/**
 * The host an input names, as instances store it.
 * @throws OperationError INVALID for what is no host.
 */
export function demandHost(text: string, path: InputPath): string {
  const host = parseHost(text);
  if (host === undefined) {
    throw failure(
      'INVALID',
      `${path.at(-1) ?? 'host'} must be a host such as "example.com", not "${text.slice(0, 100)}".`,
      path,
    );
  }
  return host;
}
