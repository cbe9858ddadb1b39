import { LRUCache } from 'lru-cache';
import sanitizeHtml, { type IOptions } from 'sanitize-html';

/** Links may lead there (the instance's `uri_schemes.valid_schemes`). */
const linkSchemes = [
  'https',
  'http',
  'dat',
  'dweb',
  'gopher',
  'hyper',
  'ipfs',
  'ipns',
  'irc',
  'ircs',
  'magnet',
  'mailto',
  'mumble',
  'ssb',
  'xmpp',
];

const plainTags = [
  'b',
  'blockquote',
  'br',
  'center',
  'code',
  'del',
  'em',
  'hr',
  'i',
  'li',
  'ol',
  'p',
  'pre',
  'rb',
  'rp',
  'rt',
  'rtc',
  'ruby',
  'small',
  'strong',
  'sub',
  'sup',
  'u',
  'ul',
];

const mfmClass = /^(mfm( _mfm_[a-z0-9]+_)?|mfm-[a-z0-9]+)$/;
const mfmAttributes = [
  ...[
    'h',
    'v',
    'x',
    'y',
    'alternate',
    'speed',
    'deg',
    'left',
    'serif',
    'monospace',
    'cursive',
    'fantasy',
    'emoji',
    'math',
    'color',
  ].map((name) => `data-mfm-${name}`),
  'data-x',
  'data-y',
  'data-h',
  'data-v',
  'data-left',
  'data-right',
];

/** Whole values of `class` and `rel` that stay; the attribute goes with any other. */
const allowedValues: Readonly<
  Record<string, Readonly<Record<string, (value: string) => boolean>>>
> = {
  a: {
    class: among('hashtag', 'u-url', 'mention', 'u-url mention', 'mention u-url'),
    rel: among('tag', 'nofollow', 'noopener', 'noreferrer', 'ugc', 'tag ugc', 'ugc tag'),
  },
  span: {
    class: (value) => value === 'h-card' || value === 'quote-inline' || mfmClass.test(value),
  },
  code: { class: among('inline') },
};

const linksOnlyValues: typeof allowedValues = {
  a: { rel: among('tag', 'nofollow', 'noopener', 'noreferrer', 'me', 'ugc') },
};

/** Text as the instance writes it out: quotes escaped too. */
const textFilter = (text: string): string =>
  text.replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const statusRules: IOptions = {
  allowedTags: [...plainTags, 'a', 'abbr', 'span', 'img'],
  allowedAttributes: {
    a: ['href', 'data-user', 'data-tag', 'class', 'rel', 'name', 'title'],
    abbr: ['title'],
    span: ['class', ...mfmAttributes],
    code: ['class'],
    img: ['src', 'width', 'height', 'title', 'alt'],
  },
  allowedSchemes: linkSchemes,
  allowedSchemesByTag: { img: ['http', 'https'] },
  transformTags: { '*': keepAllowedValues(allowedValues) },
  textFilter,
};

const linksOnlyRules: IOptions = {
  allowedTags: ['a'],
  allowedAttributes: { a: ['href', 'rel', 'name', 'title'] },
  allowedSchemes: linkSchemes,
  transformTags: { '*': keepAllowedValues(linksOnlyValues) },
  textFilter,
};

/**
 * Content as the instance's default scrubber leaves it (docs/instance/moderation.md#status-json).
 */
export const scrubbedHtml = remembering((html) => written(sanitizeHtml(html, statusRules)));

/** Only links stay, as in profile fields. */
export const linksOnlyHtml = remembering((html) => sanitizeHtml(html, linksOnlyRules));

/** With the tags that the library allows, as in the account of a token's owner. */
export const ownNoteHtml = remembering((html) => sanitizeHtml(html));

/** Without tags, the rest escaped: still HTML. */
export const strippedHtml = remembering((html) =>
  sanitizeHtml(html, { allowedTags: [], allowedAttributes: {}, textFilter }),
);

/** Without tags and entities: plain text. */
export const plainText = remembering((html) =>
  sanitizeHtml(html, { allowedTags: [], allowedAttributes: {}, textFilter: (text) => text })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&'),
);

/** Address of the first link in content that leads to a page: no mention, hashtag or attachment. */
export function firstLink(whole: string): string | undefined {
  const html = cleanable(whole);
  const links: string[] = [];
  const collect = (
    tagName: string,
    attribs: Record<string, string>,
  ): { tagName: string; attribs: Record<string, string> } => {
    const words = `${attribs['class'] ?? ''} ${attribs['rel'] ?? ''}`.split(/\s+/);
    if (
      attribs['href'] &&
      !words.some((word) => ['mention', 'hashtag', 'attachment', 'tag'].includes(word))
    )
      links.push(attribs['href']);
    return { tagName, attribs };
  };
  if (html.includes('<a'))
    sanitizeHtml(html, {
      allowedTags: ['a'],
      allowedAttributes: { a: ['href', 'class', 'rel'] },
      transformTags: { a: collect },
    });
  return links[0];
}

/** Cleaning takes time, which nothing else runs in: a second for five million characters. */
const maxCleaned = 100_000;
/** A tag or an entity that goes on behind the cut; longer ones are cut within, as text. */
const openEnd = /(?:<[^<>]{0,10000}|&[#\w]{0,40}|[\ud800-\udbff])$/;

/** The beginning of a text as long as may be cleaned, cut before a tag, entity or character that it would part. */
function cleanable(html: string): string {
  return html.length <= maxCleaned ? html : html.slice(0, maxCleaned).replace(openEnd, '');
}

/** Tags without an end as the instance writes them; no `<` or `>` stands inside an attribute here. */
function written(html: string): string {
  return html.replace(/<(br|hr|img)((?: [^<>]*)?) \/>/g, '<$1$2/>');
}

/** The same text always becomes the same; pages of accounts, statuses and reports show the same ones again and again. Characters of key and value count. */
function remembering(clean: (html: string) => string): (html: string) => string {
  const known = new LRUCache<string, string>({
    maxSize: 2_000_000,
    maxEntrySize: 100_000,
    sizeCalculation: (text, html) => text.length + html.length + 1,
  });
  return (whole) => {
    const html = cleanable(whole);
    const before = known.get(html);
    if (before !== undefined) return before;
    const text = clean(html);
    known.set(html, text);
    return text;
  };
}

function among(...values: readonly string[]): (value: string) => boolean {
  return (value) => values.includes(value);
}

function keepAllowedValues(
  rules: typeof allowedValues,
): (
  tag: string,
  attributes: Record<string, string>,
) => { tagName: string; attribs: Record<string, string> } {
  return (tagName, attributes) => {
    const ruled = rules[tagName];
    const attribs = ruled
      ? Object.fromEntries(
          Object.entries(attributes).filter(([name, value]) => ruled[name]?.(value) ?? true),
        )
      : attributes;
    return { tagName, attribs };
  };
}
