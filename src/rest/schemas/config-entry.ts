import { z } from 'zod';
import { component, flag, shown } from './parts.js';

const value = shown(z.unknown(), [{ tuple: [':name', 'Home'] }]);

/** A setting as each dialect writes groups (docs/instance/config.md). */
export const configEntry = {
  v1: component(
    'ConfigEntry',
    'A setting in the table `config`.',
    z.object({
      group: shown(z.string(), ':pleroma'),
      key: shown(z.string(), ':instance'),
      value,
      db: shown(z.array(z.string()), [':name']).optional(),
    }),
  ),
  legacy: component(
    'LegacyConfigEntry',
    'A setting in the table `config`.',
    z.object({ group: shown(z.string(), 'pleroma'), key: shown(z.string(), ':instance'), value }),
  ),
};

export const configPage = {
  v1: z.object({ configs: z.array(configEntry.v1), need_reboot: flag }),
  legacy: z.object({ configs: z.array(configEntry.legacy) }),
  legacyList: z.object({ configs: z.array(configEntry.legacy), need_reboot: flag }),
};
