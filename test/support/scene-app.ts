import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { assumedCompanion, type Companion } from '../../src/instance/companion.js';
import { configRules } from '../../src/instance/config-rules.js';
import { createApp, type App, type AppDependencies } from '../../src/server/app.js';
import { testLogger } from './log-sink.js';
import { sceneRules } from './scene-rules.js';
import { sceneConfigFile } from './scene.js';
import type { World } from './world.js';

/** Apps before a world, with what the mutations of a scene need outside the database: a mailer, the companion module, and a directory with the file to import. */
export function useSceneApp(
  world: World,
): (otherwise?: Partial<AppDependencies>, companion?: Companion) => App {
  const directory = mkdtempSync(join(tmpdir(), 'steward-scene-'));
  beforeEach(() => {
    writeFileSync(sceneRules(directory).importFile, sceneConfigFile);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  return (otherwise = {}, companion = assumedCompanion) => {
    const source = {
      ...world.source,
      companion,
      config: configRules(sceneRules(directory)),
      mailer: { send: () => Promise.resolve() },
    };
    return createApp({
      database: source.database,
      source,
      waysIn: { adminSecret: undefined, basicAuth: false },
      log: testLogger(),
      ...otherwise,
    });
  };
}
