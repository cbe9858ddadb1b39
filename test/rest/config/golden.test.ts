import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JsonFloat, writeJson, type JsonValue } from '../../../src/erlang/json.js';
import { parseJson } from '../../../src/erlang/parse-json.js';
import { decodeTerm } from '../../../src/erlang/decode.js';
import { atom, integer, list, text, tuple } from '../../../src/erlang/term.js';
import { configAdmin, storedSettings, storeSetting } from '../../support/config.js';
import { isSecretName } from '../../../src/resolvers/config/secret-text.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const legacy = '/api/pleroma/admin/config';

interface Pair {
  readonly json: JsonValue;
  readonly elixir?: string;
  readonly etf_hex?: string;
  readonly back_to_json?: JsonValue;
}

const { pairs } = parseJson(
  readFileSync(new URL('../../erlang/golden/config-terms.json', import.meta.url), 'utf8'),
) as unknown as { pairs: readonly Pair[] };
// The instance compiles expressions, Steward leaves that to it: their bytes differ (docs/deviations.md).
const isCompiled = ({ elixir = '' }: Pick<Pair, 'elixir'>): boolean =>
  elixir.includes('~r/') && !elixir.startsWith('"');

it('what a real Akkoma stored and showed for each posted value', async () => {
  const admin = await configAdmin(world);
  for (const { json, etf_hex: bytes, back_to_json: back, ...pair } of pairs.filter(
    ({ etf_hex }) => etf_hex !== undefined,
  )) {
    const { status, body } = await admin.json('POST', v1, {
      configs: [
        { group: ':pleroma', key: ':golden', delete: true },
        { group: ':pleroma', key: ':golden', value: json },
      ],
    });
    expect(status, writeJson(json)).toBe(200);
    expect(body).toMatchObject({ configs: [{ value: back }] });
    const [row] = await world.rows('config');
    if (!isCompiled(pair)) expect(row?.['value']).toBe(`\\x${bytes ?? ''}`);
    expect((await admin.json('GET', v1)).body).toMatchObject({ configs: [{ value: back }] });
  }
});

it('every recorded value read and saved back leaves the bytes of its row, whatever setting it is in, by every door', async () => {
  const admin = await configAdmin(world);
  const update =
    'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { needsReboot errors { message } } }';
  const names = [
    [':golden', ':a'],
    [':emoji', ':groups'],
    [':mrf_keyword', ':replace'],
    [':assets', ':mascots'],
    [':workers', ':retries'],
    [':mrf_subchain', ':match_actor'],
  ] as const;
  const terms = pairs.flatMap(({ etf_hex: bytes }) =>
    bytes === undefined ? [] : [decodeTerm(Buffer.from(bytes, 'hex'))],
  );
  for (let at = 0; at < terms.length; at += names.length) {
    await world.database.prisma.configEntry.deleteMany();
    for (const [index, [key, part]] of names.entries()) {
      const term = terms[(at + index) % terms.length] ?? atom('none');
      await storeSetting(world, ':pleroma', `:whole${String(index)}`, term);
      await storeSetting(
        world,
        ':pleroma',
        key,
        list([
          tuple(atom('before'), integer(1)),
          tuple(atom(part.slice(1)), term),
          tuple(atom('after'), list([text('x')])),
        ]),
      );
    }
    await world.expectUnchanged(async () => {
      for (const path of [v1, legacy]) {
        const { body } = await admin.json('GET', path);
        const { configs } = body as { configs: { group: string; key: string; value: JsonValue }[] };
        const sent = configs.map(({ group, key, value }) => ({ group, key, value }));
        expect(
          (await admin.json('POST', path, { configs: sent })).status,
          `${path} ${String(at)}`,
        ).toBe(200);
        const single = sent.flatMap(({ group, key, value }) =>
          Array.isArray(value)
            ? (value as readonly JsonValue[])
                .toReversed()
                .map((item) => ({ group, key, value: [item] }))
            : [],
        );
        if (path === v1)
          expect(
            (
              await admin.json('POST', path, {
                configs: single.filter(({ key }) => !key.startsWith(':whole')),
              })
            ).status,
          ).toBe(200);
      }
      const { configEntries } = await admin.data<{
        configEntries: { nodes: { group: string; key: string; value: unknown }[] };
      }>('{ configEntries(first: 99) { nodes { group key value } } }');
      for (const action of ['set', 'merge']) {
        const changes = configEntries.nodes.map(({ group, key, value }) => ({
          group,
          key,
          action: { [action]: { json: value } },
        }));
        expect(
          (await admin.data<Record<string, unknown>>(update, { input: { changes } }))[
            'configUpdate'
          ],
        ).toEqual({ needsReboot: false, errors: [] });
      }
    });
  }
});

it('what the real Akkoma refused is refused with 400', async () => {
  const admin = await configAdmin(world);
  for (const { json } of pairs.filter(({ etf_hex }) => etf_hex === undefined)) {
    const { status } = await world.expectUnchanged(() =>
      admin.json('POST', v1, { configs: [{ group: ':pleroma', key: ':golden', value: json }] }),
    );
    expect(status).toBe(400);
  }
});

it('the numbers of the answer are those of the request: 1.0 is not 1, and 2^64 is exact', async () => {
  const admin = await configAdmin(world);
  const sent =
    '{"configs":[{"group":":pleroma","key":":n","value":[{"tuple":[":whole",1.0]},{"tuple":[":one",1]},{"tuple":[":big",18446744073709551616]}]}]}';
  const answer = await admin.json('POST', v1, parseJson(sent));
  expect(answer.text).toContain(
    '"value":[{"tuple":[":whole",1.0]},{"tuple":[":one",1]},{"tuple":[":big",18446744073709551616]}]',
  );
  expect((await admin.json('GET', legacy)).text).toContain(
    '[":whole",1.0]},{"tuple":[":one",1]},{"tuple":[":big",18446744073709551616]',
  );
  expect(await storedSettings(world)).toEqual({
    ':pleroma :n': '[whole: 1.0, one: 1, big: 18446744073709551616]',
  });
});

/** Document 004, its two mistakes corrected: `"configs"` quoted, `":http"` followed by a comma and the pair closed. */
const documented: JsonValue = {
  configs: [
    {
      group: 'pleroma',
      key: 'Pleroma.Upload',
      value: [
        { tuple: [':uploader', 'Pleroma.Uploaders.Local'] },
        { tuple: [':filters', ['Pleroma.Upload.Filter.Dedupe']] },
        { tuple: [':link_name', true] },
        { tuple: [':proxy_remote', false] },
        {
          tuple: [
            ':proxy_opts',
            [
              { tuple: [':redirect_on_failure', false] },
              { tuple: [':max_body_length', 1048576] },
              {
                tuple: [
                  ':http',
                  [{ tuple: [':follow_redirect', true] }, { tuple: [':pool', ':upload'] }],
                ],
              },
            ],
          ],
        },
        {
          tuple: [
            ':dispatch',
            { tuple: ['/api/v1/streaming', 'Pleroma.Web.MastodonAPI.WebsocketHandler', []] },
          ],
        },
      ],
    },
  ],
};

it('the documents’ own example goes in and comes back', async () => {
  const admin = await configAdmin(world);
  expect((await admin.json('POST', legacy, documented)).body).toEqual(documented);
  expect((await admin.json('GET', legacy)).body).toMatchObject(Object(documented) as object);
  expect(await storedSettings(world)).toEqual({
    ':pleroma Pleroma.Upload':
      '[uploader: Pleroma.Uploaders.Local, filters: [Pleroma.Upload.Filter.Dedupe], link_name: true, proxy_remote: false, ' +
      'proxy_opts: [redirect_on_failure: false, max_body_length: 1048576, http: [follow_redirect: true, pool: :upload]], ' +
      'dispatch: {"/api/v1/streaming", Pleroma.Web.MastodonAPI.WebsocketHandler, []}]',
  });
});

const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    ':atom',
    ':ok?',
    'Pleroma.Upload',
    'Oban',
    '~r/foo/i',
    'true',
    'nil',
    '',
  ),
  fc.string().map((text) => `x${text}x`),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `x${text}x`),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 200n }),
  fc.integer().map((whole) => new JsonFloat(whole)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
);
const key = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
  // A secret comes back masked, and these have JSON of their own.
  .filter((word) => !isSecretName(word) && !/args|proxy_url|dispatch/.test(word));
const documentedValue = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => ({ tuple: items })),
    fc
      .dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true })
      .filter((object) => !('tuple' in object)),
    fc.array(
      fc
        .tuple(key, tie('value'))
        .map(([name, value]): JsonValue => ({ tuple: [`:${name}`, value] })),
      { maxLength: 4 },
    ),
  ),
})).value;

it.each([v1, legacy])('any documented JSON comes back as it was posted: %s', async (path) => {
  const admin = await configAdmin(world);
  await fc.assert(
    fc.asyncProperty(documentedValue, async (value) => {
      await world.database.prisma.configEntry.deleteMany();
      const { status } = await admin.json('POST', path, {
        configs: [{ group: ':pleroma', key: ':any', value }],
      });
      expect(status).toBe(200);
      const { body } = await admin.json('GET', path);
      expect(sorted((body as { configs: { value: JsonValue }[] }).configs[0]?.value)).toEqual(
        sorted(value),
      );
    }),
    { numRuns: 60 },
  );
});

/** JSON objects have no order; the sign of a zero is not kept by toEqual either way. */
function sorted(value: JsonValue | undefined): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (part instanceof JsonFloat) return `${part.value}f`;
    return typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  });
}
