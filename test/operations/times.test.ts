import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/context.js';
import { storedTime, timeFrom } from '../../src/database/time.js';
import { announcementCreate } from '../../src/resolvers/announcements/change.js';
import { inviteCreate } from '../../src/resolvers/invites/create.js';
import { moderationLogList } from '../../src/resolvers/moderation-log/list.js';
import { tokenCreate } from '../../src/resolvers/tokens/create.js';
import { shell } from '../support/shell.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const prefixes = ['/api/v1/pleroma/admin', '/api/pleroma/admin'];
/** Outside the years 1 to 9999 in UTC, though three of them do not look so. */
const beyond = [
  '9999-12-31T23:59:59-05:00',
  '9999-12-31T23:59:60.5-00:01',
  '0001-01-01T00:00:00+00:01',
  '0000-06-01T00:00:00Z',
];

describe('a time outside the years 1 to 9999 (UTC)', () => {
  it.each(beyond)(
    'is refused with 400 and the name of the parameter by every REST route that takes one, and nothing is written: %s',
    async (time) => {
      const admin = await world.asAdmin();
      const { body } = await admin.rest('POST', `${prefixes[0] ?? ''}/announcements`, {
        content: 'x',
      });
      const { id } = body as { id: string };
      for (const prefix of prefixes) {
        await world.expectUnchanged(async () => {
          for (const name of ['starts_at', 'ends_at']) {
            for (const [method, path] of [
              ['POST', `${prefix}/announcements`],
              ['PATCH', `${prefix}/announcements/${id}`],
            ] as const) {
              const answer = await admin.rest(method, path, { content: 'x', [name]: time });
              expect([answer.status, JSON.stringify(answer.body)], `${method} ${path}`).toEqual([
                400,
                expect.stringContaining(name),
              ]);
            }
          }
          for (const name of ['start_date', 'end_date'])
            expect(
              (
                await admin.rest(
                  'GET',
                  `${prefix}/moderation_log?${name}=${encodeURIComponent(time)}`,
                )
              ).status,
            ).toBe(400);
        });
      }
      for (const prefix of prefixes)
        expect((await admin.rest('GET', `${prefix}/announcements`)).status).toBe(200);
    },
  );

  it.each(['0000-01-01', '10000-01-01', '2026-02-30'])(
    'is no last day of an invite: %s',
    async (day) => {
      const admin = await world.asAdmin();
      await world.expectUnchanged(async () => {
        for (const prefix of prefixes)
          expect(
            (await admin.rest('POST', `${prefix}/users/invite_token`, { expires_at: day })).status,
          ).toBe(400);
        expect(
          (
            await admin.graphql(
              `mutation { inviteCreate(input: { expiresAt: "${day}" }) { errors { code } } }`,
            )
          ).data?.['inviteCreate'] ?? null,
        ).not.toMatchObject({ errors: [] });
      });
    },
  );

  it('is INVALID with its path in GraphQL', async () => {
    const admin = await world.asAdmin();
    await world.expectUnchanged(async () => {
      for (const name of ['startsAt', 'endsAt']) {
        const { announcementCreate: payload } = await admin.data<{ announcementCreate: unknown }>(
          `mutation { announcementCreate(input: { content: "x", ${name}: "9999-12-31T23:59:59-05:00" }) { errors { code path message } } }`,
        );
        expect(payload).toEqual({
          errors: [
            {
              code: 'INVALID',
              path: [name],
              message: `${name} must lie in the years 0001 to 9999 (UTC).`,
            },
          ],
        });
      }
      const { errors } = await admin.graphql(
        '{ moderationLog(filter: { from: "9999-12-31T23:59:59-05:00" }) { nodes { id } } }',
      );
      expect(errors).toMatchObject([{ extensions: { code: 'INVALID' } }]);
    });
  });

  it.each([
    new Date('+010000-01-01T00:00:00Z'),
    new Date('0000-12-31T23:59:59Z'),
    new Date(NaN),
    new Date(8.64e15),
  ])('is refused by every operation, whatever door asks: %s', async (time) => {
    const context = createContext(world.source, { kind: 'operator' });
    await world.expectUnchanged(async () => {
      await expect(
        announcementCreate(context, { content: 'x', endsAt: time }),
      ).rejects.toMatchObject({ code: 'INVALID' });
      await expect(inviteCreate(context, { expiresAt: time, lenient: true })).rejects.toMatchObject(
        { code: 'INVALID' },
      );
      await expect(
        tokenCreate(context, { user: { nickname: 'admin' }, scopes: ['admin'], expiresAt: time }),
      ).rejects.toMatchObject({ code: 'INVALID' });
      await expect(
        moderationLogList(context, {
          criteria: { from: time },
          stretch: { limit: 1, order: 'newest' },
        }),
      ).rejects.toMatchObject({ code: 'INVALID' });
    });
  });
});

it.each(['0000-01-01', '10000-01-01', '2026-02-30', '99999-01-01'])(
  'is refused by the commands that take a day: %s',
  async (day) => {
    await world.user({ nickname: 'alice' });
    for (const words of [
      ['user', 'invite', '--expires-at', day],
      ['token', 'create', '--user', 'alice', '--expires', day],
    ]) {
      expect(
        (await world.expectUnchanged(() => shell(world, words))).exit,
        words.join(' '),
      ).not.toBe(0);
    }
  },
);

it('the first and the last second of the calendar can be stored and are shown', async () => {
  const admin = await world.asAdmin();
  const { status, body } = await admin.rest('POST', '/api/v1/pleroma/admin/announcements', {
    content: 'x',
    starts_at: '0001-01-01T00:00:00Z',
    ends_at: '9999-12-31T23:59:59Z',
  });
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({ starts_at: '0001-01-01T00:00:00Z', ends_at: '9999-12-31T23:59:59Z' }),
  ]);
  expect(await world.rows('announcements')).toMatchObject([
    { starts_at: '0001-01-01T00:00:00', ends_at: '9999-12-31T23:59:59' },
  ]);
});

it.each([
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05.123Z'],
  ['2026-01-02T03:04:05+0530', '2026-01-01T21:34:05.000Z'],
  ['2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02T03:04', '2026-01-02T03:04:00.000Z'],
  ['2026-01-02', undefined],
  ['12', undefined],
  ['', undefined],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-01-02T25:00:00Z', undefined],
  ['+012026-01-02T00:00:00Z', undefined],
  ['infinity', undefined],
])('reads the time %j as %s', (text, time) => {
  expect(timeFrom(text)?.toISOString()).toBe(time);
});

it.each([
  ['2026-01-02 03:04:05', '2026-01-02T03:04:05.000Z'],
  ['2026-01-02 03:04:05.123456', '2026-01-02T03:04:05.123Z'],
  ['2026-01-02', '2026-01-02T00:00:00.000Z'],
  ['infinity', '9999-12-31T23:59:59.999Z'],
  ['-infinity', '0001-01-01T00:00:00.000Z'],
  ['0044-03-15 12:00:00 BC', '0001-01-01T00:00:00.000Z'],
  ['10000-01-01 00:00:00', '9999-12-31T23:59:59.999Z'],
  ['294276-12-31', '9999-12-31T23:59:59.999Z'],
])('reads the stored time %j as %s', (text, time) => {
  expect(storedTime(text).toISOString()).toBe(time);
});
