import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Where citations can stand: our own text, not what is generated or installed. */
const directories = [
  'src',
  'test',
  'docs',
  'prisma',
  'bench',
  'scripts',
  'examples',
  'deploy',
  'dashboard',
];
const foreign = /(^|\/)(node_modules|generated|dist)\//;
const textual = /\.(ts|tsx|mts|js|mjs|cjs|md|sql|prisma|graphql|ex|yml|yaml|css|html)$/;

const entries = readdirSync(root, { withFileTypes: true });
const files = [
  ...entries.filter((entry) => entry.isFile()).map(({ name }) => name),
  ...entries
    .filter((entry) => entry.isDirectory() && directories.includes(entry.name))
    .flatMap(({ name }) =>
      readdirSync(new URL(name, root), { recursive: true, encoding: 'utf8' }).map(
        (path) => `${name}/${path.replaceAll('\\', '/')}`,
      ),
    ),
].filter((path) => textual.test(path) && !foreign.test(path));
const texts = new Map(files.map((path) => [path, read(path)]));

/** The anchors of a page as GitHub makes them: of its headings, with a number where one repeats. */
function anchorsOf(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
  for (const [, heading = ''] of prose.matchAll(/^#{1,6} +(.*?) *$/gm)) {
    const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '').replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${String(times)}`);
  }
  return anchors;
}

interface Citation {
  readonly from: string;
  /** A path from the root of the repository. */
  readonly path: string;
  readonly anchor: string | undefined;
}

/** `docs/….md#anchor` anywhere, and the links of Markdown. */
const cited = (from: string, text: string): Citation[] => [
  ...Array.from(
    text.matchAll(/(?<![\w./-])(docs\/[\w/.-]+\.md)(?:#([\w-]+))?/g),
    ([, path = '', anchor]) => ({ from, path, anchor }),
  ).filter(() => !from.endsWith('.md')),
  ...Array.from(
    text.matchAll(/\]\((?![a-z]+:)([^)\s#]*)(?:#([^)\s]*))?\)/g),
    ([, target = '', anchor]) => ({
      from,
      path: target === '' ? from : normalize(join(dirname(from), target)),
      anchor,
    }),
  ).filter(() => from.endsWith('.md')),
];

const citations = [...texts].flatMap(([from, text]) => cited(from, text));

describe('every reference resolves inside the repository', () => {
  it('there are citations at all', () => {
    expect(citations.length).toBeGreaterThan(150);
  });

  it('cited pages exist, and have the heading that is cited', () => {
    const all = new Set([
      ...files,
      ...files.map((path) => dirname(path)),
      ...entries.map(({ name }) => name),
    ]);
    const broken = citations.filter(({ path, anchor }) => {
      const page = texts.get(path);
      if (page === undefined) return !all.has(path.replace(/\/$/, ''));
      return anchor !== undefined && path.endsWith('.md') && !anchorsOf(page).has(anchor);
    });
    const named = broken.map(({ from, path, anchor = '' }) => `${from}: ${path}#${anchor}`);
    expect(named).toEqual([]);
  });

  it('nothing cites pages that do not ship', () => {
    const absent =
      /[f]acts\/|[d]ocuments? 00\d|[d]esign §|(users|moderation|adminfe|security)\.md [§SU]|[f]ixtures\/transcripts/;
    const found = [...texts].flatMap(([path, text]) =>
      text
        .split('\n')
        .flatMap((line, index) => (absent.test(line) ? [`${path}:${String(index + 1)}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it('docs/security-checklist.md names tests that exist', () => {
    const checklist = texts.get('docs/security-checklist.md') ?? '';
    const named = Array.from(
      checklist.matchAll(/`(test\/[\w/.-]+\.(?:test\.ts|md))`/g),
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !texts.has(path))).toEqual([]);
  });
});
