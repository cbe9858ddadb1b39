import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { columnText } from '../erlang/atom-text.js';
import { partsOfConfigFile, type ConfigPart } from '../erlang/config-file.js';
import { deleteSubkeys, overlaySetting } from '../erlang/merge.js';
import { atom, keyword, list, tuple, type Term } from '../erlang/term.js';
import { isKeywordList, sourceOf, type ConfigSource, type Layer } from './config-source.js';

// Files that read each other.
const deepest = 8;

/**
 * Reads the instance's own configuration file as data, with the files it names in `import_config`: later statements are merged over
 * earlier ones. What is not data is in `unread`, with file, line and key.
 * @throws when the file itself can't be read.
 */
export function readConfigFile(path: string): ConfigSource {
  const layers = layersOf(path, readFileSync(path, 'utf8'), []);
  const settings = new Map<string, Term>();
  for (const { layer, terms, isCertain } of layers) {
    const name = layer.key === undefined ? undefined : `${layer.group ?? ''}.${layer.key}`;
    const previous = name === undefined ? undefined : settings.get(name);
    if (name === undefined) continue;
    if (layer.kind === 'value')
      settings.set(
        name,
        previous && terms ? overlaySetting(...terms, previous, layer.value) : layer.value,
      );
    // A value that stands there but could not be read is not the one that stood there before.
    else if (previous && isCertain) replace(settings, name, without(previous, layer.path));
  }
  return sourceOf(
    settings,
    layers.map(({ layer }) => layer),
  );
}

interface FileLayer {
  readonly layer: Layer;
  readonly terms?: readonly [group: Term, key: Term];
  /** Whether it is certain that the file sets this. */
  readonly isCertain: boolean;
}

function layersOf(path: string, source: string, readers: readonly string[]): readonly FileLayer[] {
  return partsOfConfigFile(source).flatMap((part) =>
    part.kind === 'import' ? imported(part, path, readers) : [layerOf(part, path)],
  );
}

function layerOf(part: Exclude<ConfigPart, { kind: 'import' }>, path: string): FileLayer {
  const where = placeOf(path, part.line);
  if (part.kind === 'hole') {
    const { group, key, message, isConditional } = part;
    return {
      layer: { kind: 'unread', where, group, key, path: part.path, message },
      isCertain: !isConditional,
    };
  }
  const [group, key] = [columnText(part.group), columnText(part.key)];
  const value = part.value ?? list([]);
  return {
    layer: { kind: 'value', group, key, value },
    terms: [part.group, part.key],
    isCertain: true,
  };
}

/** A file that cannot be read may set anything. */
function imported(
  { path: name, line }: Extract<ConfigPart, { kind: 'import' }>,
  importer: string,
  readers: readonly string[],
): readonly FileLayer[] {
  const path = resolve(dirname(importer), name);
  const chain = [...readers, resolve(importer)];
  const lost = (message: string): readonly FileLayer[] => [
    {
      layer: {
        kind: 'unread',
        where: placeOf(importer, line),
        group: undefined,
        key: undefined,
        path: [],
        message,
      },
      isCertain: false,
    },
  ];
  if (chain.includes(path) || chain.length > deepest)
    return lost('the files it reads read each other');
  try {
    return layersOf(path, readFileSync(path, 'utf8'), chain);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return lost(`the file ${basename(name)} cannot be read: ${String(error.code)}`);
  }
}

function placeOf(path: string, line: number): string {
  return `${basename(path)}, line ${String(line)}`;
}

function replace(settings: Map<string, Term>, name: string, value: Term | undefined): void {
  if (value === undefined) settings.delete(name);
  else settings.set(name, value);
}

function without(value: Term, [first, ...rest]: readonly string[]): Term | undefined {
  if (first === undefined) return undefined;
  if (!isKeywordList(value)) return value;
  const part = keyword(value, first);
  if (part === undefined) return value;
  const others = deleteSubkeys(value, [atom(first)]);
  const shorter = without(part, rest);
  if (shorter === undefined || others.kind !== 'list') return others;
  return list([...others.items, tuple(atom(first), shorter)]);
}
