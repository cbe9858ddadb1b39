import qs from 'qs';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/rest/openapi/document.js';
import type { Client, RestAnswer } from '../support/client.js';
import { useExampleWorld } from '../support/example-world.js';
import { family } from '../support/engine.js';
import { documentedOperations, exampleUrl, type DocumentedOperation } from '../support/openapi.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const client = useExampleWorld(world);
const operations = documentedOperations(openApiDocument(), family).filter(({ body }) => body);

/** A body as a form of names with brackets, in one of the two ways to send it. */
const urlencoded = (body: unknown): string =>
  qs.stringify(body, { arrayFormat: 'brackets', allowDots: false });
const nestedList = (body: object): boolean =>
  Object.values(body).some(
    (value) => Array.isArray(value) && value.some((item) => typeof item === 'object'),
  );
/** A form has no word for null. */
const formText = (given: object): string => {
  const body = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  return nestedList(body) ? qs.stringify(body, { arrayFormat: 'indices' }) : urlencoded(body);
};
function parts(body: object): string {
  const pairs = [...new URLSearchParams(formText(body))];
  return `${pairs.map(([name, value]) => `--Edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--Edge--\r\n`;
}

interface Sending {
  readonly as: string;
  readonly type: string;
  readonly bodyOf: (body: object) => string;
  readonly takes: (operation: DocumentedOperation) => boolean;
}

const isOld = ({ path }: DocumentedOperation): boolean => path.startsWith('/api/pleroma/');
const takesForms = ({ mediaTypes }: DocumentedOperation): boolean =>
  mediaTypes.includes('multipart/form-data');
const sendings: readonly Sending[] = [
  {
    as: 'JSON',
    type: 'Application/JSON; Charset="UTF-8"',
    bodyOf: (body) => JSON.stringify(body),
    takes: (operation) => !isOld(operation),
  },
  {
    as: 'a form',
    type: 'APPLICATION/X-WWW-Form-URLencoded',
    bodyOf: formText,
    takes: (operation) => isOld(operation) && takesForms(operation),
  },
  {
    as: 'a form in parts',
    type: 'Multipart/Form-Data; Boundary="Edge"',
    bodyOf: parts,
    takes: takesForms,
  },
];

describe.each(sendings)(
  'a body is read as $as whatever the case of its media type',
  ({ type, bodyOf, takes }) => {
    it.each(operations.filter(takes))('$method $path', async (operation) => {
      const { method, body, success } = operation;
      const admin = await client();
      const { status, body: answer } = await admin.rest(
        method,
        exampleUrl(operation),
        bodyOf(body?.example as object),
        { 'content-type': type },
      );
      expect({ status, answer }).toMatchObject({ status: Number(success) });
    });
  },
);

describe('a body that nobody reads is refused, never passed over', () => {
  const types: readonly (readonly [string, string | undefined])[] = [
    ['plain text', 'text/plain'],
    ['XML', 'application/xml'],
    ['no type at all', ''],
    ['another charset', 'application/json; charset=UTF-16'],
    ['what is no media type', 'json'],
    ['a form in another charset', 'application/x-www-form-urlencoded; charset=ISO-8859-1'],
    ['bytes', 'application/octet-stream'],
  ];

  it.each(types)('%s', async (_what, type) => {
    const admin = await client();
    const answers = await world.expectUnchanged(async () => {
      const all: (readonly [string, number])[] = [];
      for (const operation of operations) {
        const { status } = await send(admin, operation, '{"max_use": 7}', type);
        all.push([`${operation.method} ${operation.path}`, status]);
      }
      return all;
    });
    expect(answers.filter(([, status]) => status !== 415)).toEqual([]);
  });

  it('JSON, forms and text that are none are 400', async () => {
    const admin = await client();
    const bodies: readonly (readonly [string, BodyInit])[] = [
      ['application/json', '{"max_use":'],
      ['application/json', new Uint8Array([0x22, 0xff, 0x22])],
      ['application/x-www-form-urlencoded', new Uint8Array([0x61, 0x3d, 0xff])],
      ['multipart/form-data; boundary=Edge', 'no form'],
      ['multipart/form-data', '--Edge--'],
      [
        'application/x-www-form-urlencoded',
        Array.from({ length: 1_001 }, (_, index) => `nicknames[]=n${String(index)}`).join('&'),
      ],
      ['application/x-www-form-urlencoded', 'a[b][c][d][e][f][g][h][i][j][k]=1'],
    ];
    await world.expectUnchanged(async () => {
      for (const [type, body] of bodies) {
        for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin']) {
          const response = await world.app.fetch(
            new Request(`http://steward.test${prefix}/users/invite_token`, {
              method: 'POST',
              headers: { 'x-admin-token': 'the-admin-secret-of-tests', 'content-type': type },
              body,
            }),
          );
          expect([type, prefix, response.status]).toEqual([type, prefix, 400]);
        }
      }
      expect(
        await admin.rest('POST', '/oauth/token', 'grant_type=password', {
          'content-type': 'text/plain',
        }),
      ).toMatchObject({ status: 415 });
    });
  });

  it('but for an empty one, and for what fetch makes of a forgotten object', async () => {
    const admin = await client();
    for (const [type, body] of [
      ['text/plain', ''],
      ['application/xml', ''],
      ['Text/Plain; charset=UTF-8', '[object Object]'],
    ] as const) {
      expect(
        (
          await admin.rest('POST', '/api/v1/pleroma/admin/users/invite_token', body, {
            'content-type': type,
          })
        ).status,
      ).toBe(200);
    }
  });
});

it('a one-time invite is not made of `Application/JSON {"max_use": 7}`', async () => {
  const admin = await client();
  const { body } = await admin.rest(
    'POST',
    '/api/v1/pleroma/admin/users/invite_token',
    '{"max_use": 7}',
    { 'content-type': 'Application/JSON' },
  );
  expect(body).toMatchObject({ invite_type: 'reusable', max_use: 7 });
});

describe('names of a form in parts are read as those of any form', () => {
  it('lists, objects in lists, the last of a name that comes twice', async () => {
    await world.user({ nickname: 'carol' });
    await world.user({ nickname: 'dora' });
    const admin = await client();
    for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin']) {
      const form = new FormData();
      for (const [name, value] of [
        ['nicknames[]', 'carol'],
        ['nicknames[]', 'dora'],
        ['tags[]', `tag of ${prefix}`],
        ['tags[]', 'verified'],
      ] as const)
        form.append(name, value);
      expect((await post(admin, 'PUT', `${prefix}/users/tag`, form)).status).toBe(204);
      const users = new FormData();
      for (const [key, value] of Object.entries({
        nickname: `new${String(prefix.length)}`,
        email: `new${String(prefix.length)}@mail.example`,
        password: 'a-long-password',
      }))
        users.append(`users[0][${key}]`, value);
      expect((await post(admin, 'POST', `${prefix}/users`, users)).status).toBe(200);
      const follow = new FormData();
      for (const [name, value] of [
        ['follower', 'nobody'],
        ['follower', 'carol'],
        ['followed', 'dora'],
      ] as const)
        follow.append(name, value);
      expect((await post(admin, 'POST', `${prefix}/users/follow`, follow)).status).toBe(200);
    }
    expect(await world.rows('users', `nickname in ('carol', 'dora')`)).toMatchObject([
      { tags: ['tag of /api/pleroma/admin', 'verified', 'tag of /api/v1/pleroma/admin'] },
      { following_count: 0 },
    ]);
    expect(await world.rows('users', `nickname in ('new18', 'new21')`)).toHaveLength(2);
    expect(
      await world.rows(
        'following_relationships',
        `follower_id = (select id from users where nickname = 'carol')`,
      ),
    ).toHaveLength(1);
  });
});

/** As a program sends it; undefined and '' leave the header away. */
async function send(
  admin: Client,
  operation: DocumentedOperation,
  body: string,
  type: string | undefined,
): Promise<{ status: number }> {
  return admin.rest(operation.method, exampleUrl(operation), body, { 'content-type': type ?? '' });
}

async function post(
  admin: Client,
  method: string,
  path: string,
  form: FormData,
): Promise<RestAnswer> {
  const request = new Request('http://steward.test', { method: 'POST', body: form });
  return admin.rest(method, path, await request.text(), {
    'content-type': request.headers.get('content-type') ?? '',
  });
}
