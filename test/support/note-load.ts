/** One attempt to write a note, and what came of it. */
export interface Attempt {
  readonly content: string;
  /** Base URL of the process asked. */
  readonly url: string;
  readonly door: 'graphql' | 'rest';
  readonly startedAt: number;
  readonly endedAt: number;
  /** undefined = there was no answer. */
  readonly status: number | undefined;
  readonly retryAfter: string | null;
  readonly text: string;
  /** The server said the note was written. */
  readonly isAcknowledged: boolean;
}

interface Target {
  readonly urls: readonly string[];
  readonly token: string;
  /** `databaseId` of the report the notes are written to. */
  readonly report: string;
}

const create =
  'mutation ($input: ReportNoteCreateInput!) { reportNoteCreate(input: $input) { errors { code } } }';

/** Writes one note that no other has, by the door its number says. */
export async function writeOneNote(
  { urls, token, report }: Target,
  number: number,
): Promise<Attempt> {
  const url = urls[number % urls.length] ?? '';
  const door = number % 4 < 2 ? 'graphql' : 'rest';
  const content = `note ${number}`;
  const startedAt = performance.now();
  const body =
    door === 'graphql'
      ? { query: create, variables: { input: { report: { databaseId: report }, content } } }
      : { content };
  const path = door === 'graphql' ? '/graphql' : `/api/v1/pleroma/admin/reports/${report}/notes`;
  const tried = { content, url, door, startedAt } as const;
  try {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const isAcknowledged =
      response.status === 204 || text.startsWith('{"data":{"reportNoteCreate":{"errors":[]}}');
    return {
      ...tried,
      endedAt: performance.now(),
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      text,
      isAcknowledged,
    };
  } catch (error) {
    return {
      ...tried,
      endedAt: performance.now(),
      status: undefined,
      retryAfter: null,
      text: String(error instanceof Error ? error.cause : error),
      isAcknowledged: false,
    };
  }
}

/** More would only wait in line: a machine that cannot keep up is asked less often. */
const maxAtOnce = 50;

/** Begins to write so many notes a second; `end` stops and hands out every attempt once the last is answered. */
export function startNoteLoad(
  target: Target,
  perSecond: number,
): { readonly attempts: readonly Attempt[]; readonly end: () => Promise<readonly Attempt[]> } {
  const attempts: Attempt[] = [];
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  let skipped = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) - skipped;
    const possible = Math.min(due, attempts.length + maxAtOnce);
    skipped += due - possible;
    for (let number = running.length; number < possible; number += 1)
      running.push(writeOneNote(target, number).then((attempt) => void attempts.push(attempt)));
  }, 10);
  return {
    attempts,
    end: async () => {
      clearInterval(timer);
      await Promise.all(running);
      return attempts;
    },
  };
}
