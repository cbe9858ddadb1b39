import type { Privilege } from '../../src/instance/privileges.js';
import type { World } from './world.js';

/** Gives moderators what Akkoma's have anyway: on Pleroma, these privileges besides their own. */
export async function giveModerators(world: World, ...privileges: Privilege[]): Promise<void> {
  const atoms = ['messages_delete', 'reports_manage_reports', ...privileges];
  await world.config(':instance', { moderator_privileges: { atoms } });
}
