import { describe, expect, it } from 'vitest';
import { writeRule } from '../support/cases.js';
import { family } from '../support/engine.js';
import { makePosts } from '../support/posts.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const prefixes = ['/api/v1/pleroma/admin', '/api/pleroma/admin'] as const;
const path = `${prefixes[0]}/rules`;
const fields =
  'rule { databaseId text priority hint } errors { code path message } effect { kind }';
const create = `mutation ($input: RuleCreateInput!) { ruleCreate(input: $input) { ${fields} } }`;
const update = `mutation ($input: RuleUpdateInput!) { ruleUpdate(input: $input) { ${fields} } }`;
const remove = `mutation ($input: RuleDeleteInput!) { ruleDelete(input: $input) { ${fields} } }`;
const page = `query ($first: Int, $after: String, $last: Int, $before: String) {
  rules(first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage endCursor startCursor } nodes { text } } }`;
interface Page {
  readonly rules: {
    readonly totalCount: number;
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly startCursor: string;
      readonly endCursor: string;
    };
    readonly nodes: readonly { readonly text: string }[];
  };
}

const reported = async (rules: unknown) => {
  const posts = makePosts(world);
  const [ann, ben] = [await world.user({ nickname: 'ann' }), await world.user({ nickname: 'ben' })];
  const report = await posts.report(ben, ann);
  await world.database.pool.query(
    `update activities set data = jsonb_set(data, '{rules}', $1::jsonb) where id = $2::uuid`,
    [JSON.stringify(rules), report.id],
  );
  return report.databaseId;
};

describe.runIf(family === 'pleroma')('the rules of a Pleroma', () => {
  it.each(prefixes)(
    'are made, listed by priority, changed and removed below %s',
    async (prefix) => {
      const admin = await world.asAdmin();
      const made = async (body: object) => (await admin.rest('POST', `${prefix}/rules`, body)).body;
      const [late, early] = [
        (await made({ text: 'Last', priority: 5, hint: 'a hint' })) as { id: string },
        (await made({ text: 'First' })) as { id: string },
      ];
      expect([late, early]).toEqual([
        { id: late.id, text: 'Last', priority: 5, hint: 'a hint' },
        { id: early.id, text: 'First', priority: 0, hint: null },
      ]);
      expect(await admin.rest('GET', `${prefix}/rules`)).toMatchObject({
        status: 200,
        body: [early, late],
      });
      const changed = { ...late, priority: -1, hint: null };
      expect(
        await admin.rest('PATCH', `${prefix}/rules/${late.id}`, { priority: '-1', hint: '' }),
      ).toMatchObject({ status: 200, body: changed });
      expect((await admin.rest('GET', `${prefix}/rules`)).body).toEqual([changed, early]);
      expect(await admin.rest('DELETE', `${prefix}/rules/${late.id}`)).toMatchObject({
        status: 200,
        body: {},
      });
      expect((await admin.rest('GET', `${prefix}/rules`)).body).toEqual([early]);
      expect(await world.rows('moderation_log')).toEqual([]);
    },
  );

  it('keep their row when nothing changes, and get new times when something does', async () => {
    const id = await writeRule(world, { hint: 'why' });
    const admin = await world.asAdmin();
    await world.expectUnchanged(() => admin.rest('PATCH', `${path}/${id}`, { text: 'Be kind' }));
    await admin.rest('PATCH', `${path}/${id}`, { text: 'Be kinder' });
    const [row] = await world.rows('rules');
    expect(row).toMatchObject({ text: 'Be kinder', hint: 'why', priority: 0 });
    expect(row?.['updated_at']).not.toBe(row?.['inserted_at']);
  });

  it.each([
    ['no text', {}],
    ['a blank text', { text: ' ' }],
    ['a text that is none', { text: 7 }],
    ['a priority that is no integer', { text: 'x', priority: 'high' }],
    ['a fraction', { text: 'x', priority: 1.5 }],
    ['a priority no column holds', { text: 'x', priority: 2_147_483_648 }],
    ['a hint that is none', { text: 'x', hint: ['y'] }],
    ['NUL', { text: 'x\0' }],
    ['a text that is too long', { text: 'x'.repeat(100_001) }],
  ])('are not made of %s', async (_what, body) => {
    const admin = await world.asAdmin();
    const { status } = await world.expectUnchanged(() => admin.rest('POST', path, body));
    expect(status).toBe(400);
  });

  it.each(['999999', 'x', '-1', '9'.repeat(30)])('there is none called %s', async (id) => {
    const admin = await world.asAdmin();
    for (const method of ['PATCH', 'DELETE'] as const) {
      const answer = await admin.rest(method, `${path}/${id}`, { text: 'x' });
      expect(answer).toMatchObject({ status: 404, body: { error: 'Not found' } });
    }
    expect(await admin.data(remove, { input: { rule: { databaseId: id } } })).toMatchObject({
      ruleDelete: { rule: null, errors: [{ code: 'NOT_FOUND' }], effect: null },
    });
  });

  it('are made, changed and removed over GraphQL, where each says that it shows at once', async () => {
    const admin = await world.asAdmin();
    const effect = { kind: 'IMMEDIATE' };
    const { ruleCreate } = await admin.data<{ ruleCreate: { rule: { databaseId: string } } }>(
      create,
      { input: { text: 'Be kind', priority: 3, hint: 'Always' } },
    );
    const { databaseId } = ruleCreate.rule;
    const made = { databaseId, text: 'Be kind', priority: 3, hint: 'Always' };
    expect(ruleCreate).toEqual({ rule: made, errors: [], effect });
    const input = { rule: { databaseId }, hint: null };
    const changed = { ...made, hint: null };
    expect(await admin.data(update, { input })).toEqual({
      ruleUpdate: { rule: changed, errors: [], effect },
    });
    expect(await admin.data(update, { input: { ...input, text: '' } })).toMatchObject({
      ruleUpdate: { rule: null, errors: [{ code: 'INVALID', path: ['text'] }] },
    });
    expect(await admin.data(remove, { input: { rule: { databaseId } } })).toEqual({
      ruleDelete: { rule: changed, errors: [], effect },
    });
    expect(await world.rows('rules')).toEqual([]);
  });

  it('come in pages over GraphQL, in either direction', async () => {
    for (const [text, priority] of [
      ['c', 7],
      ['a', -2_147_483_648],
      ['b', 0],
      ['d', 7],
    ] as const)
      await writeRule(world, { text, priority });
    const admin = await world.asAdmin();
    const texts = async (variables: object) => {
      const { rules } = await admin.data<Page>(page, { ...variables });
      return { ...rules, texts: rules.nodes.map(({ text }) => text).join('') };
    };
    const first = await texts({ first: 3 });
    expect([first.texts, first.totalCount, first.pageInfo.hasNextPage]).toEqual(['abc', 4, true]);
    const second = await texts({ first: 3, after: first.pageInfo.endCursor });
    expect([second.texts, second.pageInfo.hasNextPage]).toEqual(['d', false]);
    expect((await texts({ last: 2, before: second.pageInfo.startCursor })).texts).toBe('bc');
    const { errors } = await admin.graphql(page, { after: 'x' });
    expect(errors?.[0]?.extensions?.code).toBe('INVALID');
  });

  it('stand in the reports that name them, by priority, without those that were removed', async () => {
    const low = await writeRule(world, { text: 'Low', priority: 9, hint: 'h' });
    const high = await writeRule(world, { text: 'High' });
    const id = await reported([low, '999999', Number(high), low, null, 'x', {}]);
    const admin = await world.asAdmin();
    const rules = [
      { id: high, text: 'High', priority: 0, hint: null },
      { id: low, text: 'Low', priority: 9, hint: 'h' },
    ];
    for (const prefix of prefixes) {
      expect((await admin.rest('GET', `${prefix}/reports/${id}`)).body).toMatchObject({ rules });
      expect((await admin.rest('GET', `${prefix}/reports`)).body).toMatchObject({
        reports: [{ rules }],
      });
    }
    expect(
      await admin.data(
        'query ($id: ID!) { report(by: { databaseId: $id }) { rules { databaseId text priority hint } } }',
        { id },
      ),
    ).toEqual({
      report: { rules: rules.map(({ id: databaseId, ...rest }) => ({ databaseId, ...rest })) },
    });
  });

  it('filter reports by rule_id, whatever rows say, and count those alone', async () => {
    const [one, other] = [await writeRule(world), await writeRule(world, { text: 'Other' })];
    const named = [await reported([one, other])];
    const posts = makePosts(world);
    const [ann, ben] = [
      await world.user({ nickname: 'cyd' }),
      await world.user({ nickname: 'dan' }),
    ];
    for (const rules of [[Number(one)], [other], one, null, { [one]: one }, [[one]]]) {
      const { databaseId } = await posts.report(ben, ann, [], { rules });
      if (Array.isArray(rules) && rules[0] === Number(one)) named.push(databaseId);
    }
    const admin = await world.asAdmin();
    const filtered = async (query: string) => {
      const { body } = await admin.rest('GET', `${prefixes[0]}/reports?${query}`);
      const { reports, total } = body as { reports: { id: string }[]; total: number };
      return { ids: reports.map(({ id }) => id).sort(), total };
    };
    expect(await filtered(`rule_id=${one}`)).toEqual({ ids: named.sort(), total: 2 });
    expect((await filtered(`rule_id=${other}&state=open&page_size=1`)).total).toBe(2);
    expect((await filtered('rule_id=')).total).toBe(7);
    for (const none of ['999999', 'x', '-1', '9'.repeat(30), '%27'])
      expect(await filtered(`rule_id=${none}`)).toEqual({ ids: [], total: 0 });
  });

  it('have at most 100,000 characters as readers count them', async () => {
    const admin = await world.asAdmin();
    const answer = async (body: object) => (await admin.rest('POST', path, body)).status;
    const fox = '\u{1f98a}';
    expect(await answer({ text: fox.repeat(100_000), hint: fox.repeat(100_000) })).toBe(200);
    expect(await answer({ text: fox.repeat(100_001) })).toBe(400);
    expect(await answer({ text: 'x', hint: fox.repeat(100_001) })).toBe(400);
  });

  it.each([null, 'x', {}, [[]], 7])('a report that names %j names no rule', async (odd) => {
    const id = await reported(odd);
    const admin = await world.asAdmin();
    expect((await admin.rest('GET', `${prefixes[0]}/reports/${id}`)).body).toMatchObject({
      rules: [],
    });
  });

  it('belong to admins: a moderator may not even read them', async () => {
    const mo = await world.user({ nickname: 'mo', isModerator: true });
    const moderator = world.as(await world.token(mo));
    expect((await moderator.rest('GET', path)).status).toBe(403);
    expect((await moderator.rest('POST', path, { text: 'x' })).status).toBe(403);
  });
});

describe.runIf(family === 'akkoma')('an Akkoma has no rules', () => {
  it('and ignores rule_id when reports are listed', async () => {
    const id = await reported(['1']);
    const { body } = await (await world.asAdmin()).rest('GET', `${prefixes[0]}/reports?rule_id=2`);
    expect(body).toMatchObject({ reports: [{ id }], total: 1 });
  });

  it.each(prefixes)('and no such routes below %s', async (prefix) => {
    const admin = await world.asAdmin();
    expect(await admin.rest('GET', `${prefix}/rules`)).toMatchObject({
      status: 404,
      body: { error: 'Not implemented' },
    });
    for (const [method, name] of [
      ['POST', ''],
      ['PATCH', '/1'],
      ['DELETE', '/1'],
    ] as const)
      expect((await admin.rest(method, `${prefix}/rules${name}`, { text: 'x' })).status).toBe(404);
  });

  it('which GraphQL says, and shows none in reports', async () => {
    const admin = await world.asAdmin();
    expect(await admin.data(create, { input: { text: 'x' } })).toMatchObject({
      ruleCreate: { rule: null, errors: [{ code: 'UNSUPPORTED' }], effect: null },
    });
    const { errors } = await admin.graphql('{ rules { totalCount nodes { id } } }');
    expect(errors?.[0]?.extensions?.code).toBe('UNSUPPORTED');
    const id = await reported(['1']);
    expect((await admin.rest('GET', `${prefixes[0]}/reports/${id}`)).body).not.toHaveProperty(
      'rules',
    );
    expect(
      await admin.data('query ($id: ID!) { report(by: { databaseId: $id }) { rules { id } } }', {
        id,
      }),
    ).toEqual({ report: { rules: [] } });
  });
});
