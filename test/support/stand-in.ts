import { afterEach, beforeEach } from 'vitest';
import { StandInInstance } from './instance.js';
import type { TestUser } from './maker.js';
import type { World } from './world.js';

/** The actor by which an instance refreshes accounts, and the running instance itself where a test starts one. */
export interface StandIn {
  /** `internal.fetch`, as every instance has it. */
  readonly fetchActor: () => TestUser;
  /** Starts a stand-in, which stops after the test. */
  readonly startInstance: (
    options?: ConstructorParameters<typeof StandInInstance>[1],
  ) => Promise<StandInInstance>;
}

/** Makes `internal.fetch` before each test, and lets a test start a stand-in for the instance. */
export function useStandIn(world: World): StandIn {
  let fetchActor: TestUser;
  let instance: StandInInstance | undefined;
  beforeEach(async () => {
    fetchActor = await world.user({
      nickname: 'internal.fetch',
      invisible: true,
      actorType: 'Application',
    });
  });
  afterEach(async () => {
    await instance?.stop();
    instance = undefined;
  });
  return {
    fetchActor: () => fetchActor,
    startInstance: async (options) => {
      instance = new StandInInstance(world, options);
      await instance.start();
      return instance;
    },
  };
}
