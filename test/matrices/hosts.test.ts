import {
  getNamedType,
  isInputObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
} from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { prefixes } from '../../src/rest/dialect.js';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import { schema } from '../../src/schema/index.js';
import type { Client } from '../support/client.js';
import { family } from '../support/engine.js';
import { documentedOperations } from '../support/openapi.js';
import { makePosts } from '../support/posts.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

describe('an account on a host written in Unicode is found by either spelling, whichever the row has', () => {
  let admin: Client;
  beforeEach(async () => {
    admin = await world.asAdmin();
    await makePosts(world).status(await world.user({ nickname: 'tomas@xn--baw-joa.example' }));
    await world.user({
      nickname: 'ona@bawü.example',
      apId: 'https://xn--baw-joa.example/users/ona',
    });
    await world.user({ nickname: 'far@sub.xn--baw-joa.example' });
    await world.user({ nickname: 'other@baw.example' });
    await world.database.pool.query(
      `insert into counter_cache (instance, public) values ('xn--baw-joa.example', 5) on conflict (instance) do update set public = 5`,
    );
  });
  const hosts = [
    'bawü.example',
    'BAWÜ.example.',
    'xn--baw-joa.example',
    '@bawü.example',
    'https://bawü.example/about',
    'bawü.example:443',
  ];

  /** Every place that takes a host, by the path of its argument; each gives how much it finds. */
  const places: Readonly<
    Record<string, { readonly ask: (host: string) => Promise<unknown>; readonly found: unknown }>
  > = {
    'Mutation.instanceDeactivateUsers.input.instance': {
      ask: async (instance) =>
        (
          await admin.data<{ instanceDeactivateUsers: { count: number } }>(
            'mutation ($instance: String!) { instanceDeactivateUsers(input: { instance: $instance, dryRun: true }) { count } }',
            { instance },
          )
        ).instanceDeactivateUsers.count,
      found: 2,
    },
    'Mutation.instanceDelete.input.instance': {
      ask: async (instance) =>
        (
          await admin.data<{ instanceDelete: { count: number } }>(
            'mutation ($instance: String!) { instanceDelete(input: { instance: $instance, dryRun: true }) { count } }',
            { instance },
          )
        ).instanceDelete.count,
      found: 2,
    },
    'DELETE /instances/:instance': {
      ask: async (host) => {
        await world.database.pool.query('delete from oban_jobs');
        const { status } = await admin.rest(
          'DELETE',
          `${prefixes.v1}/instances/${encodeURIComponent(host)}`,
        );
        return [
          status,
          (await world.rows('oban_jobs')).map(({ args }) => (args as { host: string }).host).sort(),
        ];
      },
      found: [200, ['bawü.example', 'xn--baw-joa.example']],
    },
    'user delete_instance <instance>': {
      ask: async (host) =>
        (await shell(world, ['user', 'delete_instance', host, '--dry-run'])).stdout.split('\n')[0],
      found: '2 accounts would be deleted.',
    },
    'Query.statuses.filter.host': {
      ask: async (host) =>
        await admin.data<{ a: { totalCount: number }; b: { totalCount: number } }>(
          'query ($host: String!) { a: statuses(filter: { host: $host }) { totalCount } b: statuses(filter: { host: $host, includePrivate: true }) { totalCount } }',
          { host },
        ),
      found: { a: { totalCount: 1 }, b: { totalCount: 1 } },
    },
    'Query.statistics.host': {
      ask: async (host) =>
        (
          await admin.data<{ statistics: { statuses: { public: number } } }>(
            'query ($host: String!) { statistics(host: $host) { statuses { public } } }',
            { host },
          )
        ).statistics.statuses.public,
      found: 5,
    },
    'GET /instances/:instance/statuses': {
      ask: async (host) =>
        Promise.all(
          [`${prefixes.legacy}/instances`, `${prefixes.v1}/instances`].map(async (path) => {
            const { body } = await admin.rest(
              'GET',
              `${path}/${encodeURIComponent(host)}/statuses`,
            );
            return Array.isArray(body) ? body.length : (body as { total: number }).total;
          }),
        ),
      found: [1, 1],
    },
    'GET /stats instance': {
      ask: async (host) =>
        Promise.all(
          Object.values(prefixes).map(
            async (path) =>
              (
                (await admin.rest('GET', `${path}/stats?instance=${encodeURIComponent(host)}`))
                  .body as { status_visibility: { public: number } }
              ).status_visibility.public,
          ),
        ),
      found: [5, 5],
    },
    'user deactivate_all_from_instance <instance>': {
      ask: async (host) =>
        (
          await shell(world, [
            'user',
            'deactivate_all_from_instance',
            host,
            '--subdomains',
            '--dry-run',
          ])
        ).stdout.split('\n')[0],
      found: '3 accounts would be deactivated.',
    },
    'user unsubscribe_all_from_instance <instance>': {
      ask: async (host) =>
        (
          await shell(world, ['user', 'unsubscribe_all_from_instance', host, '--dry-run'])
        ).stdout.split('\n')[0],
      found: '2 accounts would be deactivated.',
    },
  };

  it.each(Object.entries(places))('%s', async (_place, { ask, found }) => {
    for (const host of hosts) expect({ host, found: await ask(host) }).toEqual({ host, found });
  });

  it('no other argument, parameter or input is named after a host', () => {
    const isHost = (name: string): boolean =>
      /^(host|hosts|instance|instances|domain|domains)$/i.test(name);
    const below = (
      path: string,
      args: readonly (GraphQLArgument | GraphQLInputField)[],
      depth: number,
    ): string[] =>
      args.flatMap((argument) => {
        const type = getNamedType(argument.type);
        if (isInputObjectType(type))
          return depth > 3
            ? []
            : below(`${path}.${argument.name}`, Object.values(type.getFields()), depth + 1);
        return isHost(argument.name) ? [`${path}.${argument.name}`] : [];
      });
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}).flatMap((field) =>
        below(`${type?.name ?? ''}.${field.name}`, field.args, 0),
      ),
    );
    const routes = documentedOperations(openApiDocument(), family)
      .filter(({ path }) => path.startsWith(prefixes.v1))
      .flatMap(({ method, path, parameters }) =>
        parameters
          .filter(({ name }) => isHost(name))
          .map((parameter) =>
            parameter.in === 'path'
              ? `${method} ${path.slice(prefixes.v1.length).replace(/\{(\w+)\}/g, ':$1')}`
              : `${method} ${path.slice(prefixes.v1.length)} ${parameter.name}`,
          ),
      );
    const tasks = createProgram({ out: () => undefined, error: () => undefined }, () =>
      Promise.resolve(),
    ).commands.flatMap((group) =>
      group.commands.flatMap((command) =>
        command.registeredArguments
          .filter((argument) => isHost(argument.name()))
          .map((argument) => `${group.name()} ${command.name()} <${argument.name()}>`),
      ),
    );
    expect([...fields, ...routes, ...tasks].sort()).toEqual(Object.keys(places).sort());
  });

  it.each(['', '%', '*', 'a b', 'tomas@bawü.example', '12'])(
    'what is no host is refused by each: %j',
    async (host) => {
      const refused = await world.expectUnchanged(async () => ({
        statuses: (
          await admin.graphql(
            'query ($host: String!) { statuses(filter: { host: $host }) { totalCount } }',
            { host },
          )
        ).errors?.[0]?.extensions?.code,
        statistics: (
          await admin.graphql(
            'query ($host: String!) { statistics(host: $host) { statuses { public } } }',
            { host },
          )
        ).errors?.[0]?.extensions?.code,
        deactivate: (
          await admin.data<{ instanceDeactivateUsers: { errors: unknown } }>(
            'mutation ($host: String!) { instanceDeactivateUsers(input: { instance: $host }) { errors { code path } } }',
            { host },
          )
        ).instanceDeactivateUsers.errors,
        stats: (
          await admin.rest('GET', `${prefixes.v1}/stats?instance=${encodeURIComponent(host)}`)
        ).status,
        shell: (await shell(world, ['user', 'deactivate_all_from_instance', host])).exit,
      }));
      // A blank filter is none at all.
      const code = host === '' ? undefined : 'INVALID';
      expect(refused).toEqual({
        statuses: code,
        statistics: code,
        deactivate: [{ code: 'INVALID', path: ['instance'] }],
        stats: host === '' ? 200 : 400,
        shell: 2,
      });
    },
  );

  it('by its handle and by searching for it', async () => {
    for (const handle of [
      'tomas@bawü.example',
      '@Tomas@BAWÜ.example',
      'acct:tomas@bawü.example',
      'https://bawü.example/@tomas',
      'tomas@xn--baw-joa.example',
    ]) {
      const answer = await admin.data<{ user: unknown; users: unknown }>(
        'query ($handle: String!) { user(by: { nickname: $handle }) { nickname } users(filter: { search: $handle }) { nodes { nickname } } }',
        { handle },
      );
      expect({ handle, ...answer }).toEqual({
        handle,
        user: { nickname: 'tomas@xn--baw-joa.example' },
        users: { nodes: [{ nickname: 'tomas@xn--baw-joa.example' }] },
      });
      for (const path of Object.values(prefixes)) {
        expect(
          (await admin.rest('GET', `${path}/users/${encodeURIComponent(handle)}`)).body,
        ).toMatchObject({ nickname: 'tomas@xn--baw-joa.example' });
        expect(
          (await admin.rest('GET', `${path}/users?query=${encodeURIComponent(handle)}`)).body,
        ).toMatchObject({ count: 1 });
      }
    }
    for (const search of hosts.slice(0, 5)) {
      const { users } = await admin.data<{ users: { nodes: { nickname: string }[] } }>(
        'query ($search: String!) { users(filter: { search: $search }) { nodes { nickname } } }',
        { search },
      );
      expect({ search, found: users.nodes.map(({ nickname }) => nickname).sort() }).toMatchObject({
        search,
        found: ['far@sub.xn--baw-joa.example', 'ona@bawü.example', 'tomas@xn--baw-joa.example'],
      });
    }
    expect(
      await admin.data('{ user(by: { nickname: "ona@xn--baw-joa.example" }) { nickname } }'),
    ).toEqual({ user: { nickname: 'ona@bawü.example' } });
  });

  it('a handle on a host that only begins as this one is nobody of this one', async () => {
    await world.user({ nickname: 'lena' });
    expect(
      await admin.data(
        '{ a: user(by: { nickname: "lena@home.example.evil" }) { nickname } b: user(by: { nickname: "lena@home.example" }) { nickname } }',
      ),
    ).toEqual({ a: null, b: { nickname: 'lena' } });
  });

  it('a pattern of v1 stays a pattern', async () => {
    expect(
      (await admin.rest('GET', `${prefixes.v1}/users?query=${encodeURIComponent('t_mas@xn--%')}`))
        .body,
    ).toMatchObject({ count: 1 });
  });
});
