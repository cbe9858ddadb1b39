/** An account a text may mention, as links show it. */
export interface Mentioned {
  /** The id clients know. */
  readonly id: string;
  readonly nickname: string;
  readonly apId: string;
  readonly url: string;
}

/** A post as it is stored: HTML, whom it addresses, and its hashtags in lower case. */
export interface FormattedPost {
  readonly html: string;
  readonly mentioned: readonly Mentioned[];
  readonly hashtags: readonly string[];
}

/** How a text becomes HTML. */
export interface Formatting {
  readonly baseUrl: string;
  /** What `@name` finds; undefined for nobody. */
  readonly find: (nickname: string) => Mentioned | undefined;
  /** Only the mentions before the first other word address anyone. */
  readonly leadingMentionsOnly?: boolean;
  /** Links show nicknames as typed, e.g. `@nick@host`, instead of `@nick`. */
  readonly wholeNicknames?: boolean;
  /** Links to addresses carry no `rel`. */
  readonly withoutRel?: boolean;
  /** Line breaks stay as they are. */
  readonly keepsLineBreaks?: boolean;
}

const name = String.raw`[a-zA-Z\d_-]+(?:@[a-zA-Z\d_-]+(?:\.[a-zA-Z\d_-]+)*(?::\d+)?)?`;
const mention = String.raw`(?<![\p{L}\p{N}_/@.])@(?<name>${name})`;
/** In text that is escaped already, an address ends where a quote or an angle bracket does. */
const url = String.raw`(?<url>https?://(?:(?!&(?:quot|#39|lt|gt);)[^\s<])+)`;
const hashtag = String.raw`(?<![\p{L}\p{N}_/&])#(?<tag>[\p{L}\p{N}_]*[\p{L}_·][\p{L}\p{N}\p{M}_·]*)`;

const mentionPattern = new RegExp(mention, 'gu');
const linkPattern = new RegExp(`${url}|${mention}|${hashtag}`, 'gu');
const leadingMentions = new RegExp(String.raw`^(?:\s*@${name}(?=\s|$))*`, 'u');

/** The nicknames a text mentions, as written, each once. */
export function mentionsIn(text: string): string[] {
  return [
    ...new Set([...text.matchAll(mentionPattern)].map(({ groups }) => groups?.['name'] ?? '')),
  ];
}

/**
 * Plain text as the instance stores it: escaped, with links for addresses, known accounts and
 * hashtags (docs/instance/moderation.md#text-as-html).
 */
export function formatPlainText(
  text: string,
  {
    baseUrl,
    find,
    leadingMentionsOnly = false,
    wholeNicknames = false,
    withoutRel = false,
    keepsLineBreaks = false,
  }: Formatting,
): FormattedPost {
  const addressing = leadingMentionsOnly ? (leadingMentions.exec(text)?.[0] ?? '') : text;
  const mentioned = mentionsIn(addressing)
    .map(find)
    .filter((account) => account !== undefined);
  const hashtags = new Set<string>();
  const linked = escape(text).replace(linkPattern, (match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Readonly<Record<'url' | 'name' | 'tag', string | undefined>>;
    if (groups.url !== undefined) return link(groups.url, withoutRel ? '' : ' rel="ugc"');
    if (groups.name !== undefined)
      return mentionLink(find(groups.name), wholeNicknames ? groups.name : undefined) ?? match;
    const tag = (groups.tag ?? '').toLowerCase();
    hashtags.add(tag);
    return `<a class="hashtag" data-tag="${tag}" href="${baseUrl}/tag/${tag}" rel="tag ugc">${match}</a>`;
  });
  return {
    html: keepsLineBreaks ? linked : linked.replaceAll(/\r?\n/g, '<br>'),
    mentioned: [...new Map(mentioned.map((account) => [account.apId, account])).values()],
    hashtags: [...hashtags],
  };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Punctuation behind an address belongs to the sentence, as does a bracket that closes one before it. */
function link(address: string, rel: string): string {
  let end = address.length;
  while (end > 0 && '.,:!?'.includes(address.charAt(end - 1))) end -= 1;
  if (address.charAt(end - 1) === ')' && !address.slice(0, end).includes('(')) end -= 1;
  const href = address.slice(0, end);
  return `<a href="${href}"${rel}>${href}</a>${address.slice(end)}`;
}

/** @param shown what the link shows instead of the name without its host. */
function mentionLink(
  account: Mentioned | undefined,
  shown: string | undefined,
): string | undefined {
  if (!account) return undefined;
  const [short = ''] = shown === undefined ? account.nickname.split('@') : [shown];
  return `<span class="h-card"><a class="u-url mention" data-user="${account.id}" href="${escape(account.url)}" rel="ugc">@<span>${escape(short)}</span></a></span>`;
}
