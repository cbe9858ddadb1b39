import { z } from 'zod';
import { configDescriptions } from '../../resolvers/config/descriptions.js';
import { configList, configNeedsReboot } from '../../resolvers/config/list.js';
import { knownQuery } from '../known-query.js';
import { looseBoolean, optionalFlag } from '../parameters.js';
import { route, type Route } from '../route.js';
import { configPage } from '../schemas/config-entry.js';
import { anyObject, flag } from '../schemas/parts.js';
import { isReadableByAdminFe } from './admin-fe.js';
import { rowAnswer } from './answers.js';
import { configChangeRoutes } from './change.js';
import { losslessJson } from './json.js';

/** Defaults are compiled into the instance: `only_db` or not, the table is all there is. */
const listInput = z.object({ only_db: optionalFlag, reveal: looseBoolean.default(false) });

export const configRoutes: readonly Route[] = [
  ...configChangeRoutes,
  route({
    method: 'GET',
    path: '/config',
    dialects: ['v1'],
    summary: 'The settings in the table; secrets masked unless reveal=true',
    operation: configList,
    from: knownQuery('only_db', 'reveal'),
    input: listInput,
    answers: configPage.v1,
    example: {},
    json: losslessJson,
    run: async ({ context, dialect, isAdminFe, input: { reveal } }) => {
      const rows = await configList(context, { onlyWhenOn: true });
      const configs = rows.flatMap((row) => rowAnswer(row, dialect, reveal));
      return { configs: isAdminFe ? configs.filter(({ key, value }) => isReadableByAdminFe(key, value)) : configs, need_reboot: (await configNeedsReboot(context, {})).isDue };
    },
  }),
  route({
    method: 'GET',
    path: '/config',
    dialects: ['legacy'],
    summary: 'The settings in the table; secrets masked unless reveal=true',
    operation: configList,
    input: listInput,
    answers: configPage.legacy,
    example: {},
    json: losslessJson,
    run: async ({ context, dialect, input: { reveal } }) => ({ configs: (await configList(context, {})).flatMap((row) => rowAnswer(row, dialect, reveal)) }),
  }),
  route({
    method: 'GET',
    path: '/config/descriptions',
    summary: 'What a dashboard shows of settings',
    operation: configDescriptions,
    input: z.object({}),
    answers: z.array(anyObject),
    example: {},
    run: ({ context }) => configDescriptions(context, {}),
  }),
  route({
    method: 'GET',
    path: '/need_reboot',
    summary: 'Whether a setting was written that the instance sees only after a reboot',
    operation: configNeedsReboot,
    input: z.object({}),
    answers: z.object({ need_reboot: flag }),
    example: {},
    run: async ({ context }) => ({ need_reboot: (await configNeedsReboot(context, {})).isDue }),
  }),
];
