import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useKeepingApps } from '../support/keyed.js';
import { useLaneApps, type LaneApp } from '../support/lane-apps.js';
import type { Order, Reply } from '../support/lane-app.js';
import { makeLanes, type Difference, type Lane } from '../support/lanes.js';
import { sceneRules } from '../support/scene-rules.js';
import { family } from '../support/engine.js';
import { mutationDocument, mutationsOf } from '../support/scene-requests.js';
import { makeScene, sceneConfigFile } from '../support/scene.js';
import { baseUrl, useWorld } from '../support/world.js';

const mutations = mutationsOf(family);
const laneCount = 9;
/** The observations of all mutations are made before the tests, side by side. */
const longest = 900_000;
const key = 'c2a0e0a4-6f0f-4f0e-9a53-6a1f4a3d7c11';

const world = useWorld();
useKeepingApps(world);
const directory = mkdtempSync(join(tmpdir(), 'steward-faults-'));
let lanes: readonly Lane[] = [];
let token = '';
let inputs: Readonly<Record<string, object>> = {};
const startApp = useLaneApps(() => ({
  urls: lanes.map(({ url }) => url),
  baseUrl,
  directory,
  keepsAnswers: true,
}));

/** A request that was struck, and what became of it when its caller asked again. */
interface Struck {
  readonly when: string;
  /** undefined = nobody answered. */
  readonly reply: Reply | undefined;
  readonly difference: Difference;
  readonly again: Reply | undefined;
  readonly differenceAgain: Difference;
}

interface Observations {
  readonly first: Reply | undefined;
  /** What the mutation changes when nothing befalls it. */
  readonly whole: Difference;
  readonly struck: Struck[];
}

const observed = new Map<string, Observations>();

function order(lane: number, name: string, fault: Order['fault'], after: number | null): Order {
  return {
    lane,
    token,
    key,
    body: JSON.stringify({ query: mutationDocument(name), variables: { input: inputs[name] } }),
    fault,
    after,
  };
}

/** After which of so many statements a connection ends: the first, amid its work, before its commit and after its last; with `KILL_EVERYWHERE=1` after each. */
function cutPoints(statements: number): number[] {
  const every = Array.from({ length: statements }, (_, index) => index + 1);
  return process.env['KILL_EVERYWHERE'] === '1'
    ? every
    : every.filter(
        (after) => after === 1 || after === Math.ceil(statements / 2) || after >= statements - 1,
      );
}

async function lookAndPutBack(lane: Lane): Promise<Difference> {
  const difference = await lane.difference();
  await lane.restore(difference);
  return difference;
}

/** Runs a mutation undisturbed, then once for each point, its connection ended there; and asks again. */
async function cutAndAskAgain(
  app: LaneApp,
  lane: Lane,
  place: number,
  name: string,
): Promise<void> {
  const ask = async (after: number | null): Promise<Reply | undefined> =>
    (await app.ask([order(place, name, 'cut', after)]))[0];
  await ask(null); // opens the connections, whose first statements would count
  await lookAndPutBack(lane);
  const first = await ask(null);
  const found: Observations = { first, whole: await lookAndPutBack(lane), struck: [] };
  observed.set(name, found);
  for (const after of cutPoints(first?.statements ?? 0)) {
    const reply = await ask(after);
    const difference = await lane.difference();
    found.struck.push({
      when: `cut after statement ${after}`,
      reply,
      difference,
      again: await ask(null),
      differenceAgain: await lookAndPutBack(lane),
    });
  }
}

/** Kills a process after the last statement of as many mutations as there are lanes: all is kept, and nobody learns of it. Another one is asked again. */
async function killAndAskAgain(): Promise<void> {
  const waiting = [...mutations];
  while (waiting.length > 0) {
    const targets = lanes.flatMap((lane, place) =>
      waiting.splice(0, 1).map((name) => ({ lane, place, name })),
    );
    const app = await startApp();
    const replies = await app.ask(
      targets.map(({ place, name }) =>
        order(place, name, 'kill', observed.get(name)?.first?.statements ?? 0),
      ),
    );
    expect(await app.end()).toBe('SIGKILL');
    await Promise.all(targets.map(({ lane }) => lane.settled()));
    const differences = await Promise.all(targets.map(({ lane }) => lane.difference()));
    const next = await startApp();
    const again = await next.ask(targets.map(({ place, name }) => order(place, name, 'cut', null)));
    await next.end();
    await Promise.all(
      targets.map(async ({ lane, name }, index) => {
        await lane.settled();
        observed.get(name)?.struck.push({
          when: 'killed',
          reply: replies[index],
          difference: differences[index] ?? {},
          again: again[index],
          differenceAgain: await lookAndPutBack(lane),
        });
      }),
    );
  }
}

beforeAll(async () => {
  writeFileSync(sceneRules(directory).importFile, sceneConfigFile);
  await world.reset();
  ({ inputs } = await makeScene(world));
  token = await world.token(world.admin);
  lanes = await makeLanes(world, laneCount);
  const app = await startApp();
  const waiting = [...mutations];
  await Promise.all(
    lanes.map(async (lane, place) => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
        await cutAndAskAgain(app, lane, place, name);
    }),
  );
  await app.end();
  await killAndAskAgain();
}, longest);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
  const all = [...observed.values()].flatMap(({ struck }) => struck);
  const killed = all.filter(({ when }) => when === 'killed').length;
  console.log(
    `S18: ${all.length - killed} connections cut and ${killed} requests killed within ${mutations.length} mutations with a key`,
  );
});

it.each(mutations)(
  'S18 %s with a key, wherever it is cut off or killed, is done exactly once when it is asked again',
  (name) => {
    const { first, whole, struck } = observed.get(name) ?? {
      first: undefined,
      whole: {},
      struck: [],
    };
    expect(first).toMatchObject({
      status: 200,
      text: expect.stringContaining(`{"data":{"${name}":{"errors":[]}}`) as unknown,
      isReplayed: false,
    });
    expect(whole).not.toEqual({});
    for (const { when, reply, difference, again, differenceAgain } of struck) {
      const isDone = Object.keys(difference).length > 0;
      if (isDone) expect(difference, when).toEqual(whole);
      else if (reply)
        expect(reply, when).toMatchObject({
          status: 503,
          text: expect.stringMatching(
            /"message":"The database cannot be reached now\..*"code":"UNAVAILABLE"/,
          ) as unknown,
        });
      expect(again, when).toMatchObject({ status: 200, text: first?.text, isReplayed: isDone });
      expect(differenceAgain, when).toEqual(whole);
    }
    expect(struck.map(({ difference }) => Object.keys(difference).length > 0)).toEqual(
      expect.arrayContaining([true, false]),
    );
    expect(struck.at(-1)).toMatchObject({ when: 'killed', reply: undefined, difference: whole });
  },
);
