import { z } from 'zod';
import { failure } from '../../errors.js';
import {
  permissionGroups,
  userGrantPermission,
  userRevokePermission,
  usersGrantPermission,
  usersRevokePermission,
  type PermissionGroup,
} from '../../resolvers/users/permissions.js';
import type { UserRow } from '../../database/users.js';
import type { Dialect } from '../dialect.js';
import { nicknameList } from '../parameters.js';
import type { Parameters } from '../request.js';
import { route, type RawParameters, type RestRequest, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { flag } from '../schemas/parts.js';

/** @throws OperationError NOT_FOUND for a group there is none of, as the documents say. */
export function permissionGroup(name: string): PermissionGroup {
  const group = permissionGroups.find((known) => known === name);
  if (!group) throw noSuchGroup();
  return group;
}

function noSuchGroup(): Error {
  return failure('NOT_FOUND', 'No such permission_group', ['permission_group']);
}

/** Akkoma's answer to a request without accounts is the one to an unknown group. */
function accountsAndGroup({ query, body, path }: RawParameters, dialect: Dialect): Parameters {
  const given: Parameters = { ...query, ...body, ...path };
  if (dialect === 'v1' && given['nicknames'] === undefined) throw noSuchGroup();
  return given;
}

const one = z.object({ nickname: z.string(), permission_group: z.string() });
const many = z.object({ nicknames: nicknameList, permission_group: z.string() });

const role = z.union([z.object({ is_admin: flag }), z.object({ is_moderator: flag })]);

/** Akkoma answers only the role that changed; the documents promise the account's roles. */
function rolesAnswer(
  { dialect }: RestRequest<unknown>,
  group: PermissionGroup,
  value: boolean,
  user: UserRow | undefined,
): Record<string, boolean> {
  if (dialect === 'legacy' && user)
    return { is_admin: user.isAdmin, is_moderator: user.isModerator };
  return { [`is_${group}`]: value };
}

export const userPermissionRoutes: readonly Route[] = (
  [
    ['POST', true],
    ['DELETE', false],
  ] as const
).flatMap(([method, value]) => {
  const single = value ? userGrantPermission : userRevokePermission;
  const list = value ? usersGrantPermission : usersRevokePermission;
  return [
    route({
      method,
      path: '/users/:nickname/permission_group/:permission_group',
      summary: value ? 'Give an account a role' : 'Take a role from an account',
      operation: single,
      failsWith: 'object',
      input: one,
      answers: { v1: role, legacy: z.object({ is_admin: flag, is_moderator: flag }) },
      example: { nickname: examples.otherNickname, permission_group: 'moderator' },
      run: async (request) => {
        const permission = permissionGroup(request.input.permission_group);
        return rolesAnswer(
          request,
          permission,
          value,
          await single(request.context, { user: { nickname: request.input.nickname }, permission }),
        );
      },
    }),
    route({
      method,
      path: '/users/permission_group/:permission_group',
      summary: value ? 'Give accounts a role' : 'Take a role from accounts',
      operation: list,
      failsWith: 'object',
      input: many,
      answers: role,
      example: { nicknames: [examples.otherNickname], permission_group: 'moderator' },
      from: accountsAndGroup,
      run: async (request) => {
        const permission = permissionGroup(request.input.permission_group);
        await list(request.context, {
          users: request.input.nicknames.map((nickname) => ({ nickname })),
          permission,
        });
        return rolesAnswer(request, permission, value, undefined);
      },
    }),
  ];
});
