import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useLaneApps, type LaneApp } from '../support/lane-apps.js';
import type { Order, Reply } from '../support/lane-app.js';
import { makeLanes, type Difference, type Lane } from '../support/lanes.js';
import { makePosts } from '../support/posts.js';
import { sceneRules } from '../support/scene-rules.js';
import { family } from '../support/engine.js';
import { mutationDocument, mutationsOf } from '../support/scene-requests.js';
import { makeScene, sceneConfigFile } from '../support/scene.js';
import { baseUrl, useWorld } from '../support/world.js';

/** More than `userDeleteActivities` takes in one transaction. */
const moreThanABatch = 51;
/** The one mutation that is not one transaction. */
const inBatches = 'userDeleteActivities';
const mutations = mutationsOf(family);
const laneCount = 9;
/** The observations of all mutations are made before the tests, side by side. */
const longest = 900_000;

const world = useWorld();
const directory = mkdtempSync(join(tmpdir(), 'steward-faults-'));
let lanes: readonly Lane[] = [];
let token = '';
let inputs: Readonly<Record<string, object>> = {};
const startApp = useLaneApps(() => ({
  urls: lanes.map(({ url }) => url),
  baseUrl,
  directory,
  keepsAnswers: false,
}));

/** What there was once a request had been struck after so many statements. */
interface Observation {
  readonly after: number;
  /** undefined = killed. */
  readonly reply: Reply | undefined;
  readonly difference: Difference;
  /** What there was when the request had been sent again. */
  readonly again?: Difference;
}

interface Observations {
  /** What the mutation changes when nothing befalls it. */
  readonly whole: Difference;
  readonly cut: Observation[];
  readonly killed: Observation[];
  /** The replies of requests nothing befell. */
  readonly ends: (Reply | undefined)[];
}

const observed = new Map<string, Observations>();
const countOf = (kind: 'cut' | 'killed'): number =>
  [...observed.values()].reduce((sum, found) => sum + found[kind].length, 0);

function order(lane: number, name: string, fault: Order['fault'], after: number | null): Order {
  return {
    lane,
    token,
    body: JSON.stringify({ query: mutationDocument(name), variables: { input: inputs[name] } }),
    fault,
    after,
  };
}

const unavailable = {
  status: 503,
  text: expect.stringMatching(
    /"errors":\[\{"message":"The database (cannot be reached|is too busy) now\.".*"code":"UNAVAILABLE"/,
  ) as unknown,
};
const isSame = (difference: Difference): boolean => Object.keys(difference).length === 0;

/** Puts everything back where there is a difference. */
async function putBack(lane: Lane, difference: Difference): Promise<Difference> {
  if (!isSame(difference)) await lane.restore(difference);
  return difference;
}

/** Runs a mutation undisturbed, then again and again, its connection ended after each of its statements. */
async function cutEverywhere(app: LaneApp, lane: Lane, place: number, name: string): Promise<void> {
  const ask = async (after: number | null): Promise<Reply | undefined> =>
    (await app.ask([order(place, name, 'cut', after)]))[0];
  const ends = [await ask(null)];
  const whole = await putBack(lane, await lane.difference());
  const cut: Observation[] = [];
  observed.set(name, { whole, cut, killed: [], ends });
  for (let after = 1; ; after += 1) {
    const reply = await ask(after);
    const difference = await lane.difference();
    if (reply?.isHit === false && reply.status === 503 && isSame(difference))
      after -= 1; // too busy to begin
    else if (reply?.isHit !== true) {
      await putBack(lane, difference);
      ends.push(reply);
      return;
    } else if (name !== inBatches)
      cut.push({ after, reply, difference: await putBack(lane, difference) });
    else {
      ends.push(await ask(null));
      cut.push({ after, reply, difference, again: await putBack(lane, await lane.difference()) });
    }
  }
}

/** After which of so many statements a process is killed: amid its work, before its commit and after its last; with `KILL_EVERYWHERE=1` after each. */
function killPoints(statements: number): number[] {
  const every = Array.from({ length: statements }, (_, index) => index + 1);
  return process.env['KILL_EVERYWHERE'] === '1'
    ? every
    : every.filter((after) => after === Math.ceil(statements / 2) || after >= statements - 1);
}

/** Kills processes amid as many mutations as there are lanes, until every mutation was killed after each of these statements. */
async function killEverywhere(): Promise<void> {
  const waiting = mutations.flatMap((name) =>
    killPoints(observed.get(name)?.cut.length ?? 0).map((after) => ({ name, after })),
  );
  while (waiting.length > 0) {
    const targets = lanes.flatMap((lane, place) =>
      waiting.splice(0, 1).map((target) => ({ lane, place, ...target })),
    );
    const app = await startApp();
    const replies = await app.ask(
      targets.map(({ place, name, after }) => order(place, name, 'kill', after)),
    );
    expect(await app.end()).toBe('SIGKILL');
    await Promise.all(
      targets.map(async ({ lane, name, after }, index) => {
        await lane.settled();
        const [reply, difference] = [replies[index], await putBack(lane, await lane.difference())];
        if (!reply) observed.get(name)?.killed.push({ after, reply, difference });
        else {
          expect({ reply, difference }, `${name} killed after statement ${after}`).toMatchObject({
            reply: unavailable,
            difference: {},
          });
          waiting.push({ name, after });
        }
      }),
    );
  }
}

beforeAll(async () => {
  writeFileSync(sceneRules(directory).importFile, sceneConfigFile);
  await world.reset();
  const scene = await makeScene(world);
  const zoe = await world.user({ nickname: 'zoe' });
  for (let made = 0; made < moreThanABatch; made += 1) await makePosts(world).status(zoe);
  inputs = { ...scene.inputs, [inBatches]: { user: { nickname: 'zoe' } } };
  token = await world.token(world.admin);
  lanes = await makeLanes(world, laneCount);
  const app = await startApp();
  const waiting = [...mutations];
  await Promise.all(
    lanes.map(async (lane, place) => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
        await cutEverywhere(app, lane, place, name);
    }),
  );
  await app.end();
  await killEverywhere();
  for (const { killed } of observed.values()) killed.sort((one, other) => one.after - other.after);
}, longest);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  console.log(
    `S19: ${countOf('cut')} connections cut and ${countOf('killed')} requests killed within ${mutations.length} mutations`,
  );
});

const accepted = (name: string) => ({
  status: 200,
  text: expect.stringContaining(`{"data":{"${name}":{"errors":[]}}`) as unknown,
});

/** What may be there: all or nothing; of the one mutation in batches, all of its first batch too. */
function allowed(name: string, whole: Difference): readonly Difference[] {
  // Of each status there is one row, or two (Pleroma queues two jobs); what is over is of the two batches.
  const less = (count: number): number => {
    const each = Math.floor(count / moreThanABatch);
    const perBatch = (count - each * moreThanABatch) / 2;
    return each === 0 ? count : each * (moreThanABatch - 1) + perBatch;
  };
  const firstBatch = Object.fromEntries(
    Object.entries(whole).map(([table, { came, went }]) => [
      table,
      { came: less(came), went: less(went) },
    ]),
  );
  return [{}, whole, ...(name === inBatches ? [firstBatch] : [])];
}

it.each(mutations)('S19 %s leaves all or nothing, wherever it is cut off or killed', (name) => {
  const { whole, cut, killed, ends } = observed.get(name) ?? {
    whole: {},
    cut: [],
    killed: [],
    ends: [],
  };
  expect(whole).not.toEqual({});
  for (const end of ends) expect(end).toMatchObject({ ...accepted(name), isHit: false });
  for (const { after, reply, difference, again } of cut) {
    expect(allowed(name, whole), `cut after statement ${after}`).toContainEqual(difference);
    expect(reply, `cut after statement ${after}`).toMatchObject(
      isDeepStrictEqual(difference, whole) ? accepted(name) : unavailable,
    );
    // Each time something is deleted there is a log row: two when the first batch was there already.
    const isBegun = !isSame(difference) && !isDeepStrictEqual(difference, whole);
    if (again)
      expect(again, `sent again after a cut after statement ${after}`).toEqual({
        ...whole,
        moderation_log: { came: isBegun ? 2 : 1, went: 0 },
      });
  }
  for (const { after, difference } of killed)
    expect(allowed(name, whole), `killed after statement ${after}`).toContainEqual(difference);
  expect([cut.at(-1)?.difference, killed.at(-1)?.difference]).toEqual([whole, whole]);
  expect(killed[0]?.difference).toEqual({});
});
