import { readFileSync } from 'node:fs';
import { columnText } from '../erlang/atom-text.js';
import { parseConfigFile } from '../erlang/config-file.js';
import { overlaySetting } from '../erlang/merge.js';
import type { Term } from '../erlang/term.js';
import type { ConfigSource } from './settings.js';

/**
 * Reads the instance's own configuration file as data: later statements are merged over earlier ones, what is not data is passed over.
 * @throws when the file can't be read.
 */
export function readConfigFile(path: string): ConfigSource {
  const settings = new Map<string, Term>();
  for (const { group, key, value } of parseConfigFile(readFileSync(path, 'utf8')).statements) {
    const name = `${columnText(group)}.${columnText(key)}`;
    const previous = settings.get(name);
    settings.set(name, previous ? overlaySetting(group, key, previous, value) : value);
  }
  return settings;
}
