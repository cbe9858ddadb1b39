import type { Client } from '../client.js';
import { shell } from '../shell.js';
import type { World } from '../world.js';
import type { Kind, Question } from './kinds.js';
import { insertOdd, nameOf, type Oddity } from './rows.js';

/** Milliseconds a single question may take. */
const patience = 20_000;

/** One thing of a kind with something odd about it. */
interface Placed {
  readonly oddities: readonly Oddity[];
  readonly id: string;
  readonly rows: readonly { readonly table: string; readonly id: string }[];
}

let numbers = 0;

/** Tries things of one kind in a world. */
export class Trial {
  readonly faults: string[] = [];
  rows = 0;

  /** @param sentinel id of a thing of which nothing is odd; every list has to show it. */
  constructor(
    readonly world: World,
    readonly client: Client,
    readonly kind: Kind,
    readonly sentinel: string,
  ) {}

  /** Inserts odd things: together what goes together, else one by one. */
  async place(groups: readonly (readonly Oddity[])[]): Promise<Placed[]> {
    const placed: Placed[] = [];
    for (const oddities of groups) {
      const one = await insertThing(this.world, this.kind, oddities);
      if (one) placed.push(one);
      else if (oddities.length > 1)
        placed.push(...(await this.place(oddities.map((oddity) => [oddity]))));
    }
    return placed;
  }

  /** Asks every list; of a failure it finds out which row, and what about it, is the cause. */
  async list(groups: readonly (readonly Oddity[])[]): Promise<void> {
    const placed = await this.place(groups);
    this.rows += placed.length;
    const faults = await this.askAll(this.kind.lists, true);
    await removeThings(this.world, placed);
    if (faults.length === 0) return;
    const inserted = placed.map(({ oddities }) => oddities);
    const [first, ...others] = inserted;
    if (first === undefined) this.faults.push(`${this.kind.name} → ${faults.join(' | ')}`);
    else if (others.length > 0) {
      const half = Math.ceil(inserted.length / 2);
      await this.list(inserted.slice(0, half));
      await this.list(inserted.slice(half));
    } else if (first.length > 1) for (const oddity of first) await this.list([[oddity]]);
    else this.faults.push(`${this.kind.name}: ${first.map(nameOf).join()} → ${faults.join(' | ')}`);
  }

  /** Asks for each thing alone. */
  async show(groups: readonly (readonly Oddity[])[]): Promise<void> {
    for (const thing of await this.place(groups)) {
      const faults = await this.askAll(this.kind.shows(thing.id), false);
      this.note(thing, faults);
      await removeThings(this.world, [thing]);
    }
  }

  /** Does one of the changes there are to each thing, in turn. */
  async change(groups: readonly (readonly Oddity[])[]): Promise<void> {
    let turn = 0;
    for (const thing of await this.place(groups)) {
      const changes = this.kind.changes(thing.id);
      const change = changes[turn % changes.length];
      turn += 1;
      if (change) this.note(thing, await this.askAll([change], false));
      await removeThings(this.world, [thing]);
    }
  }

  private note({ oddities }: Placed, faults: readonly string[]): void {
    if (faults.length > 0)
      this.faults.push(
        `${this.kind.name}: ${oddities.map(nameOf).join(' + ')} → ${faults.join(' | ')}`,
      );
  }

  private async askAll(questions: readonly Question[], isList: boolean): Promise<string[]> {
    const found = await Promise.all(
      questions.map(async (question) => {
        const mark = question.marks === 'text' ? 'sentinel' : this.sentinel;
        return faultOf(this.world, this.client, question, isList ? mark : undefined);
      }),
    );
    return found.filter((fault) => fault !== undefined);
  }
}

/** Inserts one thing; undefined when no database holds such a row. */
export async function insertThing(
  world: World,
  kind: Kind,
  oddities: readonly Oddity[],
  mark = 'odd',
): Promise<Placed | undefined> {
  numbers += 1;
  const { parts, id } = kind.make(numbers, mark);
  const rows = Object.entries(parts).map(([table, row]) => ({
    table,
    id: JSON.stringify(row['id']).replaceAll('"', ''),
  }));
  for (const [table, row] of Object.entries(parts)) {
    if (
      await insertOdd(
        world.database.pool,
        table,
        row,
        oddities.filter((oddity) => oddity.table === table),
      )
    )
      continue;
    await removeThings(world, [{ oddities, id, rows }]);
    return undefined;
  }
  return { oddities, id, rows };
}

async function removeThings(
  { database: { pool } }: World,
  things: readonly Placed[],
): Promise<void> {
  const tables = [...new Set(things.flatMap(({ rows }) => rows.map(({ table }) => table)))];
  const removals = tables.map((table) => {
    const ids = things.flatMap(({ rows }) =>
      rows.filter((row) => row.table === table).map(({ id }) => `'${id}'`),
    );
    return `delete from ${table} where id in (${ids.join(', ')})`;
  });
  if (removals.length > 0)
    await pool.query(
      ['begin', 'set local session_replication_role = replica', ...removals, 'commit'].join('; '),
    );
}

/** What is wrong with the answer, if anything. @param mark has to be in it. */
async function faultOf(
  world: World,
  client: Client,
  question: Question,
  mark: string | undefined,
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patience, `${titleOf(question)}: no answer`);
  });
  const fault = await Promise.race([late, answerFault(world, client, question, mark)]);
  clearTimeout(timer);
  return fault;
}

async function answerFault(
  world: World,
  client: Client,
  question: Question,
  mark: string | undefined,
): Promise<string | undefined> {
  const { status, text, hasErrors } = await answerOf(world, client, question);
  const answer = `${titleOf(question)}: ${String(status)} ${text.slice(0, 300)}`;
  if (status >= 500 || hasErrors || text.includes('"INTERNAL"')) return answer;
  return mark === undefined || (status === 200 && text.includes(mark))
    ? undefined
    : `without ${mark}: ${answer}`;
}

async function answerOf(
  world: World,
  client: Client,
  question: Question,
): Promise<{ status: number; text: string; hasErrors: boolean }> {
  if ('document' in question) {
    const { document, variables, walks } = question;
    const { status, data, errors } = await client.graphql(document, variables);
    const answer = {
      status,
      text: JSON.stringify({ errors, data }),
      hasErrors: errors !== undefined,
    };
    const { hasNextPage, endCursor } = pageOf(data, walks);
    if (answer.hasErrors || hasNextPage !== true) return answer;
    const next = await answerOf(world, client, { ...question, variables: { after: endCursor } });
    return { ...next, text: answer.text + next.text };
  }
  if ('words' in question) {
    const { exit, stdout, stderr } = await shell(world, question.words);
    return { status: exit === 0 ? 200 : 500, text: stdout + stderr, hasErrors: false };
  }
  const { status, body } = await client.rest(question.method, question.path, question.body);
  return { status, text: JSON.stringify(body ?? null), hasErrors: false };
}

interface PageInfo {
  readonly hasNextPage?: boolean;
  readonly endCursor?: string;
}

function pageOf(data: unknown, field: string | undefined): PageInfo {
  if (field === undefined) return {};
  return (data as Record<string, { pageInfo: PageInfo } | null> | null)?.[field]?.pageInfo ?? {};
}

function titleOf(question: Question): string {
  if ('document' in question) return question.document.slice(0, 70);
  return 'words' in question ? question.words.join(' ') : `${question.method} ${question.path}`;
}
