import { isInputObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { flakeFromUuid } from '../../src/database/flake.js';
import { schema } from '../../src/schema/index.js';
import { useWorld } from '../support/world.js';

const world = useWorld();

/** A mutation that takes each of the schema's references by global id, and the type of what it names. */
const takers: Readonly<Record<string, readonly [type: string, document: (id: string) => string]>> = {
  AnnouncementReference: ['Announcement', (id) => `mutation { it: announcementDelete(input: { announcement: { id: "${id}" } }) { errors { code } } }`],
  InviteReference: ['Invite', (id) => `mutation { it: inviteRevoke(input: { invite: { id: "${id}" } }) { errors { code } } }`],
  OAuthAppReference: ['OAuthApp', (id) => `mutation { it: oauthAppDelete(input: { app: { id: "${id}" } }) { errors { code } } }`],
  ReportNoteReference: ['ReportNote', (id) => `mutation { it: reportNoteDelete(input: { report: { databaseId: "9" }, note: { id: "${id}" } }) { errors { code } } }`],
  ReportReference: ['Report', (id) => `mutation { it: reportRespond(input: { report: { id: "${id}" }, text: "x" }) { errors { code } } }`],
  StatusReference: ['Status', (id) => `mutation { it: statusDelete(input: { status: { id: "${id}" } }) { errors { code } } }`],
  UserReference: ['User', (id) => `mutation { it: usersTag(input: { users: [{ id: "${id}" }], tags: ["x"] }) { errors { code } } }`],
};
const globalId = (type: string, inner: string): string => Buffer.from(`${type}:${inner}`).toString('base64');
const inner = ['x', 'no-uuid-at-all', '9'.repeat(400), '-'.repeat(36), '00000000-0000-0000-0000-00000000000g', 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz', '%', "'; drop table users; --", '\ud800', '00000000-0000-0000-0000-000000000000'];

it('S12 knows a taker of every kind of reference', () => {
  const references = Object.values(schema.getTypeMap()).filter((type) => isInputObjectType(type) && type.isOneOf && 'id' in type.getFields()).map(({ name }) => name);
  expect(references.sort()).toEqual(Object.keys(takers).sort());
});

it.each(Object.entries(takers))('S12 %s: a global id with something else in it than an id of the type names nothing, and nothing changes', async (_name, [type, document]) => {
  const admin = await world.asAdmin();
  for (const text of inner) {
    const { status, data, errors } = await world.expectUnchanged(() => admin.graphql(document(globalId(type, text))));
    const told = (data?.['it'] as { errors: { code: string }[] } | undefined)?.errors ?? errors?.map(({ extensions }) => extensions);
    expect([status === 200 || status === 400, told?.map((error) => error?.['code'])], text).toEqual([true, [expect.stringMatching(/^(INVALID|NOT_FOUND)$/)]]);
  }
});

it('S12 what is no uuid becomes no flake id', () => {
  for (const text of inner.slice(0, -1)) expect(() => flakeFromUuid(text)).toThrow(RangeError);
});
