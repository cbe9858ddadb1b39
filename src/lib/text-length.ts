/** One for all: making one costs more than most texts. */
const graphemes = new Intl.Segmenter();

/** UTF-16 code units segmented at once: the time for a text grows with the square of its length. */
const windowWidth = 512;

/** Everything but ASCII; CR before LF is one character with it. */
const composed = /[^\x00-\x7f]|\r\n/;

/** A character of more code units is no letter or emoji of any script, but marks piled on one. */
export const unitsPerCharacter = 32;

/**
 * Whether a text has more characters as readers count them: an emoji of seven code points is one
 * character (Unicode's grapheme clusters, as the instance counts). A text with more than
 * `unitsPerCharacter` UTF-16 code units for each allowed character is longer too, so that
 * combining marks cannot carry what the limit forbids. Counts no further than the limit.
 */
export function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  if (text.length > characters * unitsPerCharacter || !composed.test(text)) return true;
  let counted = 0;
  let start = 0;
  let width = windowWidth;
  while (start < text.length) {
    const isLast = start + width >= text.length;
    // Half a surrogate pair at the end would part what belongs together.
    const window = text.slice(start, start + width).replace(isLast ? '' : /[\ud800-\udbff]$/, '');
    const starts = Array.from(graphemes.segment(window), ({ index }) => index);
    // What stands last may go on behind the window: it is counted with the next.
    counted += isLast ? starts.length : starts.length - 1;
    if (counted > characters) return true;
    if (isLast) return false;
    const next = starts.at(-1) ?? 0;
    width = next === 0 ? width * 2 : windowWidth;
    start += next;
  }
  return false;
}

/**
 * Whether a text is too long for a column such as `varchar(255)`: PostgreSQL counts code points,
 * not characters as readers count them.
 */
export function overflowsColumn(text: string, size: number): boolean {
  if (text.length <= size) return false;
  if (text.length > size * 2) return true;
  return Array.from(text).length > size;
}
