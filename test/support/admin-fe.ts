import { expect } from 'vitest';
import { z } from 'zod';
import type { Ask } from './listening.js';

/**
 * What AdminFE's HTTP client and its browser send with every request
 * (docs/instance/admin-fe.md#every-request).
 */
export const dashboardHeaders = {
  accept: 'application/json, text/plain, */*',
  cookie: 'Admin-Token=%22x%22; Auth-Host=%22steward%22',
  origin: 'https://dashboard.example',
};

const id = z.string().min(1);
const time = z.iso.datetime();
const nothing = z.strictObject({});

/**
 * Only what the dashboard reads, each with the type it needs
 * (docs/instance/admin-fe.md#objects).
 */
export const adminUser = z.looseObject({
  id,
  nickname: z.string().min(1),
  local: z.boolean(),
  is_active: z.boolean(),
  is_approved: z.boolean(),
  is_confirmed: z.boolean(),
  roles: z.looseObject({ admin: z.boolean(), moderator: z.boolean() }),
  tags: z.array(z.string()),
  actor_type: z.string(),
  avatar: z.string().nullable(),
  url: z.string().nullable(),
  registration_reason: z.string().nullable(),
  display_name: z.string(),
  deactivated: z.boolean().optional(),
});

/** The merge of Mastodon's account and the admin's; `{}` for a deleted one, never null. */
const account = z.union([nothing, adminUser.extend({ username: z.string(), acct: z.string() })]);

export const status = z.looseObject({
  id,
  account,
  content: z.string(),
  created_at: time,
  sensitive: z.boolean(),
  visibility: z.string(),
  spoiler_text: z.string(),
  url: z.string().nullable(),
  poll: z
    .looseObject({
      options: z.array(z.looseObject({ title: z.string(), votes_count: z.number() })),
    })
    .nullable(),
  media_attachments: z.array(z.looseObject({ preview_url: z.string() })),
});

const note = z.looseObject({
  id: z.union([id, z.number()]),
  content: z.string(),
  created_at: time,
  user: account,
});

/** Statuses of a report have a plain account; each has one. */
export const report = z.looseObject({
  id,
  state: z.enum(['open', 'closed', 'resolved']),
  account,
  actor: account,
  content: z.string().nullable(),
  created_at: time,
  notes: z.array(note),
  statuses: z.array(status.extend({ account: z.looseObject({}) })),
});

export const logItem = z
  .looseObject({
    id: z.number().int(),
    time: z.number().int(),
    message: z.string(),
    data: z.looseObject({
      actor: z.looseObject({ id: z.string(), nickname: z.string() }),
      subject: z.union([z.looseObject({}), z.array(z.looseObject({}))]).optional(),
    }),
  })
  .refine(
    ({ message, data }) => message.includes(data.actor.nickname),
    'the message names who acted',
  );

const count = z.number().int();
export const answers = {
  users: z.looseObject({ users: z.array(adminUser), count, page_size: count }),
  changedUsers: z.looseObject({ users: z.array(adminUser) }),
  userStatuses: z.looseObject({ activities: z.array(status) }),
  credentials: z.looseObject({ actor_type: z.string(), email: z.string().nullable() }),
  resetLink: z.looseObject({ token: z.string().min(40), link: z.url() }),
  reports: z.looseObject({ reports: z.array(report), total: count }),
  statuses: z.array(status),
  stats: z.looseObject({
    status_visibility: z.strictObject({
      direct: count,
      private: count,
      public: count,
      unlisted: count,
    }),
  }),
  invites: z.looseObject({
    invites: z.array(
      z.looseObject({
        id: count,
        token: z.string(),
        used: z.boolean(),
        expires_at: z.string().nullable(),
        uses: count,
        max_use: count.nullable(),
      }),
    ),
  }),
  invite: z.looseObject({
    token: z.string(),
    max_use: count.nullable(),
    expires_at: z.string().nullable(),
  }),
  relays: z.looseObject({
    relays: z.array(z.looseObject({ actor: z.string(), followed_back: z.boolean() })),
  }),
  log: z.looseObject({ items: z.array(logItem), total: count }),
  config: z.looseObject({
    configs: z.array(
      z.looseObject({
        group: z.string(),
        key: z.string(),
        value: z.unknown(),
        db: z.array(z.string()).optional(),
      }),
    ),
    need_reboot: z.boolean(),
  }),
  nodeinfo: z.looseObject({
    metadata: z.looseObject({ invitesEnabled: z.boolean(), mailerEnabled: z.boolean() }),
  }),
  needReboot: z.looseObject({ need_reboot: z.boolean() }),
  ownAccount: z.looseObject({
    id,
    username: z.string(),
    avatar: z.string(),
    pleroma: z.looseObject({ is_admin: z.literal(true) }),
  }),
  app: z.looseObject({ client_id: z.string(), client_secret: z.string() }),
  token: z.looseObject({ access_token: z.string() }),
  caches: z.looseObject({ urls: z.array(z.string()), count }),
  packs: z.looseObject({ packs: z.record(z.string(), z.unknown()), count }),
} as const;

/** Asks and reads as the dashboard does: the answer must have every field it reads. */
export interface Dashboard {
  read<Answer>(
    shape: z.ZodType<Answer>,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer>;
  /** Of most changes only success counts. */
  change(method: string, path: string, body?: unknown): Promise<void>;
  /** A failure is shown as text: of `error`, of each element, or the body itself; never null and never without a type. */
  fails(status: number, method: string, path: string, body?: unknown): Promise<unknown>;
}

export function openDashboard(ask: Ask, token?: string): Dashboard {
  const headers = {
    ...dashboardHeaders,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const send = (method: string, path: string, body?: unknown) => ask(method, path, body, headers);
  return {
    read: async (shape, method, path, body) => {
      const answer = await send(method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, 200]);
      const read = shape.safeParse(answer.body);
      expect([method, path, read.error?.issues ?? []]).toEqual([method, path, []]);
      return shape.parse(answer.body);
    },
    change: async (method, path, body) => {
      const answer = await send(method, path, body);
      expect([method, path, Math.floor(answer.status / 100), answer.body]).toEqual([
        method,
        path,
        2,
        answer.body,
      ]);
    },
    fails: async (status, method, path, body) => {
      const answer = await send(method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, status]);
      expect(answer.headers.get('content-type')).toContain('application/json');
      expect(
        z
          .union([
            z.string(),
            z.looseObject({ error: z.string() }),
            z.array(z.looseObject({ error: z.string() })).nonempty(),
          ])
          .safeParse(answer.body).error,
        JSON.stringify(answer.body),
      ).toBeUndefined();
      return answer.body;
    },
  };
}
