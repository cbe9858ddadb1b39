import { isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { flakeFromUuid, uuidFromFlake } from '../../src/database/flake.js';
import { schema } from '../../src/schema/index.js';
import { family } from '../support/engine.js';
import { mutationDocument } from '../support/scene-requests.js';
import { makeScene } from '../support/scene.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

/** A mutation that takes each of the schema's references by global id, and the type of what it names. */
const takers: Readonly<Record<string, readonly [type: string, document: (id: string) => string]>> =
  {
    AnnouncementReference: [
      'Announcement',
      (id) =>
        `mutation { it: announcementDelete(input: { announcement: { id: "${id}" } }) { errors { code } } }`,
    ],
    InviteReference: [
      'Invite',
      (id) =>
        `mutation { it: inviteRevoke(input: { invite: { id: "${id}" } }) { errors { code } } }`,
    ],
    OAuthAppReference: [
      'OAuthApp',
      (id) =>
        `mutation { it: oauthAppDelete(input: { app: { id: "${id}" } }) { errors { code } } }`,
    ],
    ReportNoteReference: [
      'ReportNote',
      (id) =>
        `mutation { it: reportNoteDelete(input: { report: { databaseId: "9" }, note: { id: "${id}" } }) { errors { code } } }`,
    ],
    ReportReference: [
      'Report',
      (id) =>
        `mutation { it: reportRespond(input: { report: { id: "${id}" }, text: "x" }) { errors { code } } }`,
    ],
    ...(family === 'pleroma'
      ? {
          RuleReference: [
            'Rule',
            (id) =>
              `mutation { it: ruleDelete(input: { rule: { id: "${id}" } }) { errors { code } } }`,
          ],
        }
      : {}),
    StatusReference: [
      'Status',
      (id) =>
        `mutation { it: statusDelete(input: { status: { id: "${id}" } }) { errors { code } } }`,
    ],
    UserReference: [
      'User',
      (id) =>
        `mutation { it: usersTag(input: { users: [{ id: "${id}" }], tags: ["x"] }) { errors { code } } }`,
    ],
  };
const globalId = (type: string, inner: string): string =>
  Buffer.from(`${type}:${inner}`).toString('base64');
const inner = [
  'x',
  'no-uuid-at-all',
  '9'.repeat(400),
  '-'.repeat(36),
  '00000000-0000-0000-0000-00000000000g',
  'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz',
  '%',
  "'; drop table users; --",
  '\ud800',
  '00000000-0000-0000-0000-000000000000',
];

it('S12 knows a taker of every kind of reference', () => {
  const references = Object.values(schema.getTypeMap())
    .filter((type) => isInputObjectType(type) && type.isOneOf && 'id' in type.getFields())
    .map(({ name }) => name);
  const served = references.filter((name) => family === 'pleroma' || name !== 'RuleReference');
  expect(served.sort()).toEqual(Object.keys(takers).sort());
});

it.each(Object.entries(takers))(
  'S12 %s: a global id with something else in it than an id of the type names nothing, and nothing changes',
  async (_name, [type, document]) => {
    const admin = await world.asAdmin();
    for (const text of inner) {
      const { status, data, errors } = await world.expectUnchanged(() =>
        admin.graphql(document(globalId(type, text))),
      );
      const told =
        (data?.['it'] as { errors: { code: string }[] } | undefined)?.errors ??
        errors?.map(({ extensions }) => extensions);
      expect(
        [status === 200 || status === 400, told?.map((error) => error?.['code'])],
        text,
      ).toEqual([true, [expect.stringMatching(/^(INVALID|NOT_FOUND)$/)]]);
    }
  },
);

it('S12 what is no uuid becomes no flake id', () => {
  for (const text of inner.slice(0, -1)) expect(() => flakeFromUuid(text)).toThrow(RangeError);
});

describe('S11 an id of something else names nothing, and nothing changes', () => {
  const idOf = (input: object | undefined, ...path: readonly string[]): string =>
    String(
      path.reduce<unknown>(
        (value, step) => (value as Readonly<Record<string, unknown>>)[step],
        input,
      ),
    );

  it.each(Object.entries(takers))('%s', async (_name, [type, document]) => {
    const { inputs } = await makeScene(world);
    const admin = await world.asAdmin();
    const [user] = await world.rows('users', `nickname = 'alice'`);
    const ids: Readonly<Record<string, string>> = {
      Announcement: idOf(inputs['announcementDelete'], 'announcement', 'databaseId'),
      OAuthApp: idOf(inputs['oauthAppDelete'], 'app', 'databaseId'),
      Report: idOf(inputs['reportRespond'], 'report', 'databaseId'),
      ReportNote: idOf(inputs['reportNoteDelete'], 'note', 'databaseId'),
      Status: idOf(inputs['statusDelete'], 'status', 'databaseId'),
      User: flakeFromUuid(String(user?.['id'])),
    };
    // Numbers count from one in every table: those of another table may be one of this.
    const others = Object.entries(ids).filter(([other, id]) => other !== type && !/^\d+$/.test(id));
    for (const [other, id] of others) {
      const uuid = uuidFromFlake(id) ?? '';
      for (const reference of [
        `databaseId: "${id}"`,
        `databaseId: "${uuid}"`,
        `id: "${globalId(other, uuid)}"`,
        `id: "${globalId(type, uuid)}"`,
      ]) {
        const { data, errors } = await world.expectUnchanged(() =>
          admin.graphql(document('?').replace('id: "?"', reference)),
        );
        const told =
          (data?.['it'] as { errors: { code: string }[] } | undefined)?.errors ??
          errors?.map(({ extensions }) => extensions);
        expect(
          told?.map((error) => error?.['code']),
          `${other}: ${reference}`,
        ).toEqual([expect.stringMatching(/^(INVALID|NOT_FOUND)$/)]);
      }
    }
  });

  it('a note of another report, on every door', async () => {
    const { inputs } = await makeScene(world);
    const admin = await world.asAdmin();
    const [note, open] = [
      idOf(inputs['reportNoteDelete'], 'note', 'databaseId'),
      idOf(inputs['reportRespond'], 'report', 'databaseId'),
    ];
    const { data } = await world.expectUnchanged(() =>
      admin.graphql(
        `mutation { reportNoteDelete(input: { report: { databaseId: "${open}" }, note: { databaseId: "${note}" } }) { errors { code } } }`,
      ),
    );
    expect(data).toEqual({ reportNoteDelete: { errors: [{ code: 'NOT_FOUND' }] } });
    for (const prefix of ['/api/pleroma/admin', '/api/v1/pleroma/admin']) {
      expect(
        (
          await world.expectUnchanged(() =>
            admin.rest('DELETE', `${prefix}/reports/${open}/notes/${note}`),
          )
        ).status,
      ).toBe(404);
    }
  });

  it('an id where a nickname belongs, and a nickname where an id belongs', async () => {
    const { inputs } = await makeScene(world);
    const admin = await world.asAdmin();
    const [alice] = await world.rows('users', `nickname = 'alice'`);
    const status = idOf(inputs['statusDelete'], 'status', 'databaseId');
    for (const user of [
      { nickname: status },
      { nickname: String(alice?.['id']) },
      { databaseId: 'alice' },
      { databaseId: status },
    ]) {
      const { data } = await world.expectUnchanged(() =>
        admin.graphql(mutationDocument('usersTag'), { input: { users: [user], tags: ['x'] } }),
      );
      expect(
        (data?.['usersTag'] as { errors: { code: string }[] }).errors.map(({ code }) => code),
        JSON.stringify(user),
      ).toEqual(['NOT_FOUND']);
    }
    expect(
      (
        await world.expectUnchanged(() =>
          admin.rest('PUT', '/api/v1/pleroma/admin/users/tag', {
            nicknames: [status],
            tags: ['x'],
          }),
        )
      ).status,
    ).toBe(404);
    expect(
      (
        await world.expectUnchanged(() =>
          admin.rest('DELETE', '/api/v1/pleroma/admin/statuses/alice'),
        )
      ).status,
    ).toBe(404);
  });
});
