import type { CredentialsRow } from '../../database/user-credentials.js';
import { messageSenders } from '../../database/akkoma-settings.js';
import { builder } from '../builder.js';

/** Who may write direct messages to an account. */
export const MessageSenders = builder.enumType('DirectMessageSenders', {
  description: 'Who may write direct messages to an account.',
  values: {
    EVERYBODY: { value: messageSenders[0] },
    PEOPLE_I_FOLLOW: { value: messageSenders[1], description: 'Accounts it follows.' },
    NOBODY: { value: messageSenders[2] },
  },
});

/**
 * The settings of an account, as the v1 API's credentials view has them
 * (docs/instance/accounts.md#account-json).
 */
export const Credentials = builder.objectRef<CredentialsRow>('UserCredentials').implement({
  description: 'What an account has set for itself.',
  fields: (t) => ({
    email: t.exposeString('email', { description: 'Address for mails and for logging in.' }),
    name: t.exposeString('name', { description: 'Display name as typed.' }),
    bio: t.exposeString('bio', { nullable: false, description: 'As stored: HTML.' }),
    actorType: t.exposeString('actorType', {
      nullable: false,
      description: '`Person` or `Service`.',
    }),
    defaultScope: t.exposeString('defaultScope', { description: 'Visibility of new statuses.' }),
    isLocked: t.exposeBoolean('isLocked', {
      nullable: false,
      description: 'Approves followers by hand.',
    }),
    isDiscoverable: t.exposeBoolean('isDiscoverable', {
      nullable: false,
      description: 'May be shown in directories.',
    }),
    noRichText: t.exposeBoolean('noRichText', {
      nullable: false,
      description: 'Sees statuses without formatting.',
    }),
    hideFollowers: t.exposeBoolean('hideFollowers', {
      nullable: false,
      description: 'Does not show its followers.',
    }),
    hideFollowersCount: t.exposeBoolean('hideFollowersCount', {
      nullable: false,
      description: 'Does not show how many followers it has.',
    }),
    hideFollows: t.exposeBoolean('hideFollows', {
      nullable: false,
      description: 'Does not show whom it follows.',
    }),
    hideFollowsCount: t.exposeBoolean('hideFollowsCount', {
      nullable: false,
      description: 'Does not show how many it follows.',
    }),
    hideFavorites: t.exposeBoolean('hideFavorites', {
      nullable: false,
      description: 'Does not show what it likes.',
    }),
    allowFollowingMove: t.exposeBoolean('allowFollowingMove', {
      nullable: false,
      description: 'Follows accounts that move.',
    }),
    showRole: t.exposeBoolean('showRole', {
      nullable: false,
      description: 'Shows its staff role.',
    }),
    skipThreadContainment: t.exposeBoolean('skipThreadContainment', {
      nullable: false,
      description: 'Sees replies to statuses it may not see.',
    }),
    fields: t.field({
      type: 'JSON',
      nullable: false,
      description: 'Profile fields, rendered: list of `{name, value}`.',
      resolve: (row) => row.fields,
    }),
    rawFields: t.field({
      type: 'JSON',
      nullable: false,
      description: 'Profile fields as typed.',
      resolve: (row) => row.rawFields,
    }),
    acceptsDirectMessagesFrom: t.field({
      type: MessageSenders,
      description:
        'Who may write direct messages to it; null where the instance has no such setting.',
      resolve: ({ acceptsDirectMessagesFrom: stored }) =>
        messageSenders.find((sender) => sender === stored),
    }),
    statusTtlDays: t.exposeInt('statusTtlDays', {
      description: 'Days after which new statuses expire; null for never.',
    }),
    permitFollowback: t.exposeBoolean('permitFollowback', {
      description:
        'Accepts follow requests of accounts it follows; null where the instance has no such setting.',
    }),
    settingsStore: t.field({
      type: 'JSON',
      description: 'What front ends keep here, by client.',
      resolve: (row) => row.pleromaSettingsStore,
    }),
  }),
});
