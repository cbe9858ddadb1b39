import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/database/json.js';
import { newFlake, flakeFromUuid } from '../../../src/database/flake.js';
import { everybody } from '../posts.js';
import { baseUrl } from '../world.js';
import {
  both,
  leaves,
  list,
  walk,
  mutate,
  one,
  published,
  rest,
  stamps,
  statusFields,
  type Identities,
  type Kind,
  type Parts,
  type Question,
  type Surroundings,
} from './question.js';

export function statusParts(
  { author, other, statusApId }: Surroundings,
  number: number,
  mark: string,
  actor: string,
): { parts: Parts; id: string } {
  const id = newFlake();
  const apId = `${baseUrl}/objects/${String(number)}-${mark}`;
  const object = {
    id: apId,
    type: 'Note',
    actor,
    attributedTo: actor,
    to: [everybody, other.apId],
    cc: [`${actor}/followers`],
    context: `${baseUrl}/contexts/1`,
    content: `<p>${mark} <a href="https://page.example/a">a</a></p>`,
    name: 'A title',
    summary: 'cw',
    sensitive: false,
    source: { content: mark, mediaType: 'text/plain' },
    contentMap: { en: 'words' },
    published,
    updated: published,
    url: 'https://page.example/1',
    external_url: 'https://page.example/2',
    inReplyTo: statusApId,
    quoteUri: statusApId,
    tag: [
      'harbour',
      { type: 'Mention', href: other.apId, name: '@other' },
      { type: 'Hashtag', href: 'https://x.example/tags/a', name: '#a' },
    ],
    attachment: [
      {
        type: 'Document',
        id: `${baseUrl}/media/1`,
        name: 'a picture',
        blurhash: 'abc',
        mediaType: 'image/png',
        url: [
          {
            type: 'Link',
            href: `${baseUrl}/media/1.png`,
            mediaType: 'image/png',
            width: 100,
            height: 50,
          },
        ],
      },
    ],
    emoji: { blob: 'https://x.example/blob.png' },
    like_count: 1,
    likes: [other.apId],
    announcement_count: 1,
    announcements: [other.apId],
    repliesCount: 1,
    quotesCount: 1,
    reactions: [
      ['👍', [other.apId], null],
      ['blob', [other.apId], 'https://x.example/blob.png'],
    ],
    oneOf: [
      { type: 'Note', name: 'yes', replies: { type: 'Collection', totalItems: 2 } },
      { type: 'Note', name: 'no', replies: { totalItems: 0 } },
    ],
    anyOf: [{ type: 'Note', name: 'a', replies: { totalItems: 3 } }],
    closed: published,
    endTime: published,
    voters: [other.apId],
    generator: { type: 'Application', name: 'App', url: 'https://app.example' },
    directMessage: false,
    listMessage: null,
  };
  const activity = {
    id: `${baseUrl}/activities/${String(number)}-${mark}`,
    type: 'Create',
    actor,
    object: apId,
    to: [everybody, other.apId],
    cc: [`${actor}/followers`],
    context: `${baseUrl}/contexts/1`,
    published,
    directMessage: false,
  };
  const local = actor.startsWith(baseUrl);
  return {
    id: flakeFromUuid(id),
    parts: {
      objects: { id: 1_000_000 + number, data: object, ...stamps },
      activities: {
        id,
        data: activity,
        local,
        actor: author.apId === actor ? author.apId : actor,
        recipients: [everybody, other.apId],
        ...stamps,
      },
    },
  };
}

/** Every list that has statuses of the author. */
export function listsOfStatuses(authorFlake: string): Question[] {
  return [
    list('statuses', statusFields, ', filter: { withReblogs: true, includePrivate: true }'),
    ...both('/statuses?page_size=100&with_reblogs=true&godmode=true'),
    ...both(`/users/${authorFlake}/statuses?page_size=100&with_reblogs=true&godmode=true`),
  ];
}

/** Statuses, boosts and reports. */
export function statusKinds(around: Surroundings, { known }: Identities): readonly Kind[] {
  const { author, other, statusApId } = around;
  const statusLists = listsOfStatuses(author.databaseId);
  return [
    {
      name: 'status',
      odd: ['objects', 'activities'],
      make: (number, mark) => statusParts(around, number, mark, author.apId),
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: (id) => [
        mutate('statusUpdate', {
          status: { databaseId: id },
          sensitive: true,
          visibility: 'UNLISTED',
        }),
        mutate('statusDelete', { status: { databaseId: id } }),
        rest('PUT', `/api/v1/pleroma/admin/statuses/${id}`, {
          visibility: 'private',
          sensitive: 'false',
        }),
        rest('DELETE', `/api/pleroma/admin/statuses/${id}`),
        mutate('userDeleteActivities', { user: { databaseId: author.databaseId } }),
      ],
    },
    {
      name: 'preview of a linked page',
      odd: ['rich_media_card'],
      make: (number, mark) => {
        const { id, parts } = statusParts(around, number, mark, author.apId);
        const url = `https://page.example/${String(number)}`;
        const { objects, ...rest } = parts;
        const content = `<p>${mark} <a href="${url}">a page</a></p>`;
        const card = {
          id: 1_000_000 + number,
          url_hash: `\\x${createHash('sha256').update(url).digest('hex')}`,
          fields: { title: 'A page', description: 'words', image: `${url}.png`, url, type: 'link' },
          ...stamps,
        };
        const data = { ...(objects?.['data'] as JsonObject), content };
        return { id, parts: { rich_media_card: card, objects: { ...objects, data }, ...rest } };
      },
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: () => [],
    },
    {
      name: 'status of an older form',
      odd: ['objects'],
      make: (number, mark) => {
        const { id, parts } = statusParts(around, number, mark, author.apId);
        const older = {
          id: `${baseUrl}/objects/old-${String(number)}-${mark}`,
          type: 'Page',
          actor: author.apId,
          to: [everybody],
          cc: [],
          content: null,
          name: mark,
          published,
          source: 'typed',
          url: [{ type: 'Link', mediaType: 'text/html', href: 'https://page.example/1' }],
          tag: [],
          attachment: [
            { type: 'Link', href: 'https://page.example/2' },
            { type: 'Document', mediaType: 'image/png', url: 'https://page.example/3.png' },
          ],
          reactions: { '👍': [other.apId] },
          oneOf: [{ type: 'Note', name: 'yes', replies: { type: 'Collection', totalItems: 2 } }],
          endTime: published,
        };
        return {
          id,
          parts: {
            objects: { ...parts['objects'], data: older },
            activities: {
              ...parts['activities'],
              data: {
                type: 'Create',
                actor: author.apId,
                object: older.id,
                id: `${baseUrl}/activities/old-${String(number)}`,
              },
            },
          },
        };
      },
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: (id) => [
        mutate('statusUpdate', {
          status: { databaseId: id },
          sensitive: true,
          visibility: 'PRIVATE',
        }),
        mutate('statusDelete', { status: { databaseId: id } }),
      ],
    },
    {
      name: 'boost',
      odd: ['activities'],
      make: (number, mark) => {
        const id = newFlake();
        const data = {
          id: `${baseUrl}/activities/boost-${String(number)}-${mark}`,
          type: 'Announce',
          actor: author.apId,
          object: statusApId,
          to: [everybody, other.apId],
          cc: [author.apId],
          context: `${baseUrl}/contexts/1`,
          published,
        };
        return {
          id: known(id),
          parts: {
            activities: {
              id,
              data,
              local: true,
              actor: author.apId,
              recipients: [everybody, other.apId],
              ...stamps,
            },
          },
        };
      },
      lists: statusLists,
      shows: (id) => [one('status', statusFields, id), ...both(`/statuses/${id}`)],
      changes: (id) => [
        mutate('statusDelete', { status: { databaseId: id } }),
        mutate('userDeleteActivities', { user: { databaseId: author.databaseId } }),
      ],
    },
    {
      name: 'report',
      odd: ['activities'],
      make: (number, mark) => {
        const id = newFlake();
        const snapshot = {
          type: 'Note',
          id: statusApId,
          content: 'words',
          published,
          deleted: false,
          actor: { nickname: author.nickname },
        };
        const data = {
          id: `${baseUrl}/activities/flag-${String(number)}`,
          type: 'Flag',
          actor: other.apId,
          object: [author.apId, snapshot, statusApId],
          content: mark,
          context: `${baseUrl}/contexts/2`,
          state: 'open',
          to: [],
          cc: [author.apId],
          published,
          rules: ['1', 2],
        };
        return {
          id: known(id),
          parts: {
            activities: { id, data, local: true, actor: other.apId, recipients: [], ...stamps },
          },
        };
      },
      lists: [
        list(
          'reports',
          `${leaves('Report', ['logEntries', 'earlierReports'])} statuses { apId status { id content } }`,
        ),
        ...both('/reports?limit=100&page_size=100'),
        walk('reports', 9, 'databaseId logEntries { id } earlierReports { id accountApId }'),
        {
          document: `{ user(by: { databaseId: "${author.databaseId}" }) { reportsAbout { databaseId state content createdAt account { id } actor { id } statuses { apId snapshotContent snapshotCreatedAt wasDeleted } } } }`,
        },
      ],
      shows: (id) => [one('report', leaves('Report'), id), ...both(`/reports/${id}`)],
      changes: (id) => [
        mutate('reportSetState', { reports: [{ report: { databaseId: id }, state: 'RESOLVED' }] }),
        mutate('reportNoteCreate', { report: { databaseId: id }, content: 'a note' }),
        mutate('reportRespond', { report: { databaseId: id }, text: 'Thank you.' }),
        rest('PATCH', '/api/v1/pleroma/admin/reports', { reports: [{ id, state: 'closed' }] }),
        rest('POST', `/api/v1/pleroma/admin/reports/${id}/notes`, { content: 'another' }),
        rest('POST', `/api/pleroma/admin/reports/${id}/respond`, { status: 'Thanks.' }),
        rest('PUT', `/api/pleroma/admin/reports/${id}`, { state: 'open' }),
      ],
    },
  ];
}
