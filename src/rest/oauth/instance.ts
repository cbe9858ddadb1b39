import type { OperationContext } from '../../context.js';
import { softwareNames } from '../../instance/version.js';
import { figuresOf } from '../../resolvers/oauth/figures.js';

/**
 * `GET /nodeinfo/2.0.json`: dashboards draw nothing without its `metadata`
 * (docs/instance/admin-fe.md#log-in-and-shell).
 */
export async function nodeinfo(
  context: OperationContext,
  version: '2.0' | '2.1',
): Promise<unknown> {
  const instance = await context.instance();
  const { users, activeMonth, activeHalfYear, statuses } = await figuresOf(context);
  return {
    version,
    software: { name: context.database.family, version: instance.version },
    protocols: ['activitypub'],
    services: { inbound: [], outbound: [] },
    openRegistrations: instance.registrationsOpen,
    usage: {
      users: { total: users, activeMonth, activeHalfyear: activeHalfYear },
      localPosts: statuses,
    },
    metadata: {
      nodeName: instance.name,
      nodeDescription: instance.description,
      accountActivationRequired: instance.accountActivationRequired,
      invitesEnabled: instance.invitesEnabled,
      mailerEnabled: instance.mailerEnabled,
      private: false,
      features: ['pleroma_api', 'mastodon_api'],
      postFormats: ['text/plain', 'text/html', 'text/markdown', 'text/bbcode'],
      restrictedNicknames: instance.restrictedNicknames,
      skipThreadContainment: true,
    },
  };
}

/** `GET /.well-known/nodeinfo`. */
export async function nodeinfoLinks(context: OperationContext): Promise<unknown> {
  const { baseUrl } = await context.instance();
  return {
    links: ['2.0', '2.1'].map((version) => ({
      rel: `http://nodeinfo.diaspora.software/ns/schema/${version}`,
      href: `${baseUrl}/nodeinfo/${version}.json`,
    })),
  };
}

/** `GET /api/v1/instance`, as clients of the Mastodon API ask for it. */
export async function instanceAnswer(context: OperationContext): Promise<unknown> {
  const instance = await context.instance();
  const { users, activeMonth, statuses, hosts } = await figuresOf(context);
  const software = softwareNames[context.database.family];
  return {
    uri: instance.baseUrl,
    title: instance.name,
    description: instance.description,
    version: `2.7.2 (compatible; ${software} ${instance.version})`,
    email: instance.email,
    urls: { streaming_api: instance.baseUrl.replace(/^http/, 'ws') },
    stats: { user_count: users, status_count: statuses, domain_count: hosts },
    thumbnail: new URL(instance.thumbnail, `${instance.baseUrl}/`).href,
    languages: instance.languages,
    registrations: instance.registrationsOpen,
    approval_required: instance.accountApprovalRequired,
    max_toot_chars: instance.statusLength,
    upload_limit: instance.uploadLimit,
    pleroma: {
      metadata: {
        account_activation_required: instance.accountActivationRequired,
        features: ['pleroma_api', 'mastodon_api'],
      },
      stats: { mau: activeMonth },
    },
  };
}
