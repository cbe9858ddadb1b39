import { readFile } from 'node:fs/promises';
import { failure } from '../../errors.js';
import { operation } from '../operation.js';
import { isWhitelisted } from './guard.js';

/**
 * What a dashboard shows of settings, from the operator's JSON file
 * (docs/instance/config.md#descriptions); without one, nothing. As in the instance
 * only what the whitelist lets through.
 * @throws OperationError UNAVAILABLE for a file that can't be read or is no JSON array.
 */
export const configDescriptions = operation({
  name: 'configDescriptions',
  access: { role: 'admin', scope: 'admin:read' },
  run: async (context): Promise<readonly unknown[]> => {
    const { descriptionsFile } = context.config;
    if (descriptionsFile === undefined) return [];
    const { configWhitelists } = await context.instance();
    return (await read(descriptionsFile)).filter((entry) => {
      const [group, key] = [textAt(entry, 'group'), textAt(entry, 'key')];
      return group === undefined || isWhitelisted(configWhitelists, group, key);
    });
  },
});

async function read(path: string): Promise<readonly unknown[]> {
  try {
    const descriptions: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (Array.isArray(descriptions)) return descriptions as unknown[];
  } catch {
    // told below
  }
  throw failure(
    'UNAVAILABLE',
    'The file of CONFIG_DESCRIPTIONS cannot be read or holds no JSON array.',
  );
}

function textAt(value: unknown, key: string): string | undefined {
  const part: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return typeof part === 'string' ? part : undefined;
}
