import { join } from 'node:path';

/** How the operator of a scene has settled exports and imports. */
export function sceneRules(directory: string): { exportDirectory: string; importFile: string } {
  return { exportDirectory: directory, importFile: join(directory, 'prod.secret.exs') };
}
