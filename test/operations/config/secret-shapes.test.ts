import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseElixirTerm } from '../../../src/erlang/elixir-parser.js';
import { writeJson, type JsonValue } from '../../../src/erlang/json.js';
import {
  atom,
  equals,
  integer,
  list,
  map,
  text,
  tuple,
  type Term,
} from '../../../src/erlang/term.js';
import { toElixir } from '../../../src/erlang/to-elixir.js';
import { maskSecrets, restoreSecrets } from '../../../src/resolvers/config/secrets.js';
import { configAdmin, storeSetting } from '../../support/config.js';
import { anyTerm } from '../../erlang/arbitrary-terms.js';
import { useWorld } from '../../support/world.js';

const world = useWorld();
const v1 = '/api/v1/pleroma/admin/config';
const legacy = '/api/pleroma/admin/config';

const charlist = (value: string): Term =>
  list(Array.from(value, (character) => integer(character.codePointAt(0) ?? 0)));
const secret = fc.stringMatching(/^[a-z0-9]{4,10}$/).map((end) => `s3cretX${end}`);
const names = [
  'password',
  'PASSWORD',
  'smtp_password',
  'clientSecret',
  'client_secret',
  'secret_key_base',
  'api_key',
  'API-Key',
  'apiKey',
  'X-Api-Key',
  'access_token',
  'accessToken',
  'private_key',
  'signing_salt',
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'passwords',
  'api_keys',
  'tokens',
  'admin_token',
  'webhook_url',
  'dsn',
];
const name = fc.constantFrom(...names);
const someName = name.chain((word) =>
  fc.constantFrom<Term>(atom(word), text(word), charlist(word)),
);
const word = (value: string): readonly Term[] => [text(value), charlist(value)];

/** Texts with a secret in them, under whatever name. */
const tellingText = secret.chain((value) =>
  fc.constantFrom(
    `smtp://user:${value}@mail.example`,
    `postgres://akkoma:${value}@localhost:5432/akkoma`,
    `https://${value}@sentry.example/1`,
    `redis://:${value}@h/0`,
    `amqp://u:${value}@[::1]:5672`,
    `ecto://u:p/${value}@h/db`,
    `Bearer ${value}`,
    `bearer ${value}`,
    `Basic ${value}AA==`,
    `Authorization: Bearer ${value}`,
    `password=${value}`,
    `host=h user=u password=${value} sslmode=disable`,
    `https://h.example/hook?token=${value}&x=1`,
    `--api-key=${value}`,
    `PGPASSWORD='${value} x'`,
    `{"password":"${value}"}`,
    `[password: "${value}"]`,
    `%{"client_secret" => "${value}"}`,
    `user:${value}@mail.example`,
    `-----BEGIN RSA PRIVATE KEY-----\n${value}\n-----END RSA PRIVATE KEY-----`,
    `https://hooks.slack.com/services/T0/B0/${value}`,
    `https://discord.com/api/webhooks/1/${value}`,
    `see smtp://a:${value}@h and smtp://b:${value}@h`,
  ),
);

const secretValue = fc.letrec<{ value: Term }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    secret.chain((value) => fc.constantFrom<Term>(...word(value))),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }).map((items) => list(items)),
    fc.array(tie('value'), { minLength: 3, maxLength: 4 }).map((items) => tuple(...items)),
    tie('value').map((value) => map([[text('a'), value]])),
    tie('value').map((value) => list([tuple(atom('data'), value)])),
    tie('value').map((value) => list([text('a'), value], text('s3cretXtail'))),
  ),
})).value;

const shape = fc.oneof(
  fc.tuple(someName, secretValue).map(([key, value]) => tuple(key, value)),
  fc.tuple(someName, secretValue).map(([key, value]) => map([[key, value]])),
  fc
    .tuple(name, secretValue)
    .map(([key, value]) => list([tuple(atom('plain'), integer(1)), tuple(atom(key), value)])),
  fc
    .array(fc.tuple(someName, secretValue), { minLength: 1, maxLength: 3 })
    .map((pairs) => list(pairs.map(([key, value]) => tuple(key, value)))),
  tellingText.chain((value) => fc.constantFrom<Term>(...word(value))),
  fc
    .tuple(secret, fc.constantFrom('basic', 'bearer'))
    .map(([value, kind]) => tuple(atom(kind), text('user'), text(value))),
  secret.map((value) => tuple(atom('auth'), tuple(atom('basic'), text('user'), text(value)))),
  secret
    .map((value) => text(`password=${value}\xff`))
    .map((term): Term =>
      term.kind === 'binary' ? { kind: 'binary', bytes: Uint8Array.of(...term.bytes, 255) } : term,
    ),
);

/** Shapes with a secret, at any place of any term. */
const planted = fc.letrec<{ term: Term }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    shape,
    fc.tuple(anyTerm, tie('term')).map(([beside, term]) => list([beside, term])),
    fc.tuple(anyTerm, tie('term'), anyTerm).map(([one, term, other]) => tuple(one, term, other)),
    tie('term').map((term) => tuple(atom('opts'), term)),
    fc
      .tuple(anyTerm, tie('term'))
      .map(([beside, term]) => list([tuple(atom('a'), beside), tuple(atom('b'), term)])),
    fc.tuple(anyTerm, tie('term')).map(([key, term]) => map([[tuple(key), term]])),
    fc.tuple(tie('term'), tie('term')).map(([one, other]) => list([one, other])),
  ),
})).term;

/** Everything a term shows, bytes that are no text and charlists included. */
function visible(term: Term): string {
  const bytes: string[] = [];
  const collect = (part: Term): void => {
    if (part.kind === 'binary') bytes.push(Buffer.from(part.bytes).toString('latin1'));
    if (part.kind === 'list')
      bytes.push(
        part.items
          .map((item) =>
            item.kind === 'integer' && item.value > 0 && item.value < 256
              ? String.fromCharCode(Number(item.value))
              : '',
          )
          .join(''),
      );
    if (part.kind === 'list' || part.kind === 'tuple') part.items.forEach(collect);
    if (part.kind === 'list' && part.tail) collect(part.tail);
    if (part.kind === 'map') part.entries.flat().forEach(collect);
  };
  collect(term);
  return `${toElixir(term)} ${bytes.join(' ')}`;
}

describe('secrets by their shape', () => {
  it('are masked at any place of any term, and saving what was shown is the same term', () => {
    fc.assert(
      fc.property(planted, (term) => {
        const shown = maskSecrets(':any', term);
        expect(visible(shown)).not.toContain('s3cretX');
        expect(equals(restoreSecrets(':any', shown, term), term)).toBe(true);
        expect(equals(maskSecrets(':any', shown), shown)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    '[subject: "mailto:a@b.example", public_key: "p", consumer_key: "c", username: "u", url: "https://h.example:4000/@alice?x=1"]',
    '[oauth_consumer_strategies: ["facebook"], replace: [{"bad", "********"}], welcome: "basic rules: no tokens, no passwords"]',
    '[auth: :always, token: {:system, "NAME"}, secret: "", token_expires_in: 60, secure_cookie_flag: true, pattern: ~r/password=\\w+/]',
    '[reject: [{"token.example", "a reason"}], profile: "acct:alice@home.example", mail: "Alice <alice@home.example>", time: "12:30@noon"]',
    '%{"application/xml" => ["xml"], iterations: 160_000}',
  ])('what is none is shown: %s', (source) => {
    const term = parseElixirTerm(source);
    expect(toElixir(maskSecrets(':auth', term))).toBe(toElixir(term));
  });
});

const planting =
  '[relay: "smtp://u:s3cretX1@h", headers: [{"Authorization", "Bearer s3cretX2"}, {"Accept", "x"}], tokens: ["s3cretX3"], opts: %{"password" => "s3cretX4"}, dsn: ~c"https://s3cretX5@h/1", line: "host=h password=s3cretX6", basic_auth: {"u", "s3cretX7"}]';

it('no door shows them: lists, entries, differences, dry runs, answers to writes and errors', async () => {
  await storeSetting(world, ':pleroma', ':any', planting);
  const admin = await configAdmin(world);
  const change = (elixir: string, dryRun: boolean) =>
    admin.graphql(
      'mutation ($input: ConfigUpdateInput!) { configUpdate(input: $input) { entries { value elixir } differences { before after beforeElixir afterElixir } errors { message } } }',
      {
        input: {
          changes: [{ group: ':pleroma', key: ':any', action: { set: { elixir } } }],
          dryRun,
        },
      },
    );
  const answers = [
    await admin.rest('GET', v1),
    await admin.rest('GET', legacy),
    await admin.graphql(
      '{ configEntries(first: 9) { nodes { value elixir fault storedKeys } } configEntry(group: ":pleroma", key: ":any") { value elixir } }',
    ),
    await change(planting.replaceAll('s3cretX', 's3cretXnew'), true),
    await change('[password: "s3cretX1" "s3cretX2"]', true),
    await change('{"s3cretX1" => 2}', true),
    await change('"smtp://u:s3cretX@h" <> 1', true),
    await admin.json('POST', v1, {
      configs: [
        {
          group: ':pleroma',
          key: ':other',
          value: [{ tuple: ['password', 's3cretX'] }, { tuple: [':urls', ['smtp://u:s3cretX@h']] }],
        },
      ],
    }),
    await admin.json('POST', legacy, {
      configs: [
        {
          group: 'pleroma',
          key: ':other',
          value: [{ tuple: ['password', 's3cretX'] }, { tuple: [':url', 'smtp://u:s3cretX@h'] }],
        },
      ],
    }),
    await admin.json('POST', v1, {
      configs: [
        { group: ':pleroma', key: ':other', value: [{ tuple: [':args', ['{"s3cretX", foo()}']] }] },
      ],
    }),
    await change(planting.replaceAll('s3cretX', 's3cretXnewer'), false),
  ];
  for (const answer of answers) expect(JSON.stringify(answer)).not.toContain('s3cretX');
  expect(
    JSON.stringify((await admin.rest('GET', `${v1}?reveal=true`)).body).match(/s3cretX/g)?.length,
  ).toBeGreaterThan(6);
});

it('saving what was shown keeps the bytes; a mask that was moved or changed around is refused, and nothing is written', async () => {
  await storeSetting(world, ':pleroma', ':any', planting);
  const admin = await configAdmin(world);
  for (const path of [v1, legacy]) {
    const { body } = await admin.json('GET', path);
    expect((await world.expectUnchanged(() => admin.json('POST', path, body))).status).toBe(200);
    const changed = JSON.parse(
      writeJson(body).replace('smtp://u:********@h', 'smtp://other:********@h'),
    ) as JsonValue;
    expect((await world.expectUnchanged(() => admin.json('POST', path, changed))).status).toBe(400);
  }
});
