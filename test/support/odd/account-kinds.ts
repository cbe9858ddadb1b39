import { newFlake } from '../../../src/database/flake.js';
import { baseUrl } from '../world.js';
import {
  both,
  leaves,
  list,
  told,
  walk,
  mutate,
  node,
  one,
  published,
  rest,
  stamps,
  time,
  userFields,
  type Identities,
  type Kind,
  type Question,
  type Surroundings,
} from './question.js';
import { listsOfStatuses, statusParts } from './status-kinds.js';

/** Accounts. */
export function accountKinds(around: Surroundings, { known, uuidOf }: Identities): readonly Kind[] {
  const { author, other, statusApId, user } = around;
  return [
    {
      name: 'user',
      odd: ['users'],
      make: (number, mark) => {
        const id = newFlake();
        const nickname = `${mark}${String(number)}`;
        const apId = `${baseUrl}/users/${nickname}`;
        const own = {
          id,
          nickname,
          name: mark,
          email: `${nickname}@mail.example`,
          ap_id: apId,
          follower_address: `${apId}/followers`,
          following_address: `${apId}/following`,
        };
        const image = (name: string) => ({
          type: 'Image',
          url: [{ type: 'Link', href: `https://x.example/${name}.png`, mediaType: 'image/png' }],
          name,
        });
        const documents = {
          avatar: image('avatar'),
          banner: image('banner'),
          background: image('background'),
          emoji: { blob: 'https://x.example/blob.png' },
          fields: [{ name: 'page', value: 'https://x.example' }],
          raw_fields: [{ name: 'page', value: 'x' }],
          pinned_objects: { [statusApId]: published },
          pleroma_settings_store: { fe: { a: 1 } },
          notification_settings: { block_from_strangers: false, hide_notification_contents: false },
          multi_factor_authentication_settings: {
            enabled: false,
            totp: { secret: null, confirmed: false },
            backup_codes: [],
          },
          tags: ['a', 'b'],
          also_known_as: ['https://x.example/u'],
          last_status_at: time,
          last_active_at: time,
          uri: 'https://x.example/@u',
          registration_reason: 'because',
          raw_bio: 'bio',
          bio: 'bio',
        };
        return {
          id: known(id),
          parts: {
            users: { ...user, ...own, ...documents, ...stamps },
            ...statusParts(around, 500_000 + number, mark, apId).parts,
          },
        };
      },
      lists: [
        list('users', userFields),
        walk(
          'users',
          15,
          'databaseId reportsAbout { id } statuses(first: 1) { nodes { id } } credentials { email }',
        ),
        ...both('/users?page_size=100'),
        told('list'),
        ...listsOfStatuses(author.databaseId)
          .slice(0, 3)
          .map((question): Question => ({ ...question, marks: 'text' })),
      ],
      shows: (id) => [
        one('user', leaves('User'), id),
        ...both(`/users/${id}`),
        ...both(`/users/${id}/credentials`),
        ...both(`/users/${id}/statuses`),
        node('User', userFields, uuidOf(id)),
      ],
      changes: (id) => {
        const [target, users] = [{ databaseId: id }, [{ databaseId: id }]];
        return [
          ...[
            'usersActivate',
            'usersApprove',
            'usersConfirmEmail',
            'usersDeactivate',
            'usersForcePasswordReset',
            'usersSignOut',
            'usersSuggest',
            'usersUnsuggest',
            'usersResendConfirmationEmail',
          ].map((name) => mutate(name, { users })),
          mutate('usersTag', { users, tags: ['new'] }),
          mutate('usersUntag', { users, tags: ['a'] }),
          mutate('userUpdateCredentials', { user: target, bio: 'other', name: 'Other' }),
          mutate('userUpdateFlags', { user: target, isLocked: true }),
          mutate('userFollow', { follower: target, followed: { databaseId: other.databaseId } }),
          mutate('userFixFollowState', {
            follower: target,
            followed: { databaseId: other.databaseId },
          }),
          mutate('userResetMfa', { user: target }),
          mutate('userRequestBackup', { user: target }),
          mutate('userCreatePasswordResetLink', { user: target }),
          mutate('userGrantPermission', { user: target, permission: 'MODERATOR' }),
          mutate('userToggleActivation', { user: target }),
          mutate('usersUnsubscribe', { users }),
          mutate('userDeleteActivities', { user: target }),
          mutate('usersDelete', { users }),
          mutate('userToggleConfirmed', { user: target }),
          mutate('userSendPasswordResetLink', { user: target }),
          rest('PATCH', `/api/v1/pleroma/admin/users/${id}/credentials`, { bio: 'words' }),
        ];
      },
    },
  ];
}
