import { z } from 'zod';
import { configDescriptions } from '../../resolvers/config/descriptions.js';
import { configEffective, configList, configNeedsReboot } from '../../resolvers/config/list.js';
import { knownQuery } from '../known-query.js';
import { looseBoolean, optionalFlag } from '../parameters.js';
import { route, type Route } from '../route.js';
import { configPage } from '../schemas/config-entry.js';
import { anyObject, flag } from '../schemas/parts.js';
import { isReadableByAdminFe } from './admin-fe.js';
import { effectiveAnswer, rowAnswer } from './answers.js';
import { configChangeRoutes } from './change.js';
import { losslessJson } from './json.js';

const listInput = z.object({ only_db: optionalFlag, reveal: looseBoolean.default(false) });

export const configRoutes: readonly Route[] = [
  ...configChangeRoutes,
  route({
    method: 'GET',
    path: '/config',
    dialects: ['v1'],
    summary:
      'The settings as the instance has them, with only_db=true those in the table; secrets masked unless reveal=true',
    operation: configEffective,
    from: knownQuery('only_db', 'reveal'),
    input: listInput,
    answers: configPage.v1,
    example: {},
    json: losslessJson,
    run: async ({ context, dialect, isAdminFe, input: { only_db: onlyRows, reveal } }) => {
      const configs = onlyRows
        ? (await configList(context, { onlyWhenOn: true })).flatMap((row) =>
            rowAnswer(row, dialect, reveal),
          )
        : (await configEffective(context, {})).flatMap((setting) =>
            effectiveAnswer(setting, reveal),
          );
      return {
        configs: isAdminFe
          ? configs.filter(({ key, value }) => isReadableByAdminFe(key, value))
          : configs,
        need_reboot: (await configNeedsReboot(context, {})).isDue,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/config',
    dialects: ['legacy'],
    summary: 'The settings in the table; secrets masked unless reveal=true',
    operation: configList,
    input: listInput,
    answers: configPage.legacyList,
    example: {},
    json: losslessJson,
    run: async ({ context, dialect, input: { reveal } }) => ({
      configs: (await configList(context, {})).flatMap((row) => rowAnswer(row, dialect, reveal)),
      need_reboot: (await configNeedsReboot(context, {})).isDue,
    }),
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
