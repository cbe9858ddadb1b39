import { z } from 'zod';
import { examples } from './examples.js';
import { component, count, flag, image, shown } from './parts.js';

const features = shown(z.array(z.string()), ['pleroma_api', 'mastodon_api']);

export const nodeinfo = component(
  'NodeInfo',
  'What an instance tells the network of itself.',
  z.object({
    version: z.enum(['2.0', '2.1']),
    software: z.object({
      name: shown(z.string(), 'akkoma'),
      version: shown(z.string(), 'unknown'),
    }),
    protocols: shown(z.array(z.string()), ['activitypub']),
    services: z.object({
      inbound: shown(z.array(z.string()), []),
      outbound: shown(z.array(z.string()), []),
    }),
    openRegistrations: flag,
    usage: z.object({
      users: z.object({ total: count, activeMonth: count, activeHalfyear: count }),
      localPosts: count,
    }),
    metadata: z.object({
      nodeName: shown(z.string(), 'Home'),
      nodeDescription: shown(z.string(), 'A quiet place'),
      accountActivationRequired: flag,
      invitesEnabled: shown(flag, true),
      mailerEnabled: flag,
      private: flag,
      features,
      postFormats: shown(z.array(z.string()), ['text/plain']),
      restrictedNicknames: shown(z.array(z.string()), ['about']),
      skipThreadContainment: flag,
    }),
  }),
);

export const nodeinfoLinks = component(
  'NodeInfoLinks',
  'Where the node information is.',
  z.object({
    links: z.array(
      z.object({
        rel: shown(z.string(), 'http://nodeinfo.diaspora.software/ns/schema/2.0'),
        href: shown(z.string(), `${examples.url}/nodeinfo/2.0.json`),
      }),
    ),
  }),
);

export const instance = component(
  'Instance',
  'The instance as clients of the Mastodon API see it.',
  z.object({
    uri: shown(z.string(), examples.url),
    title: shown(z.string(), 'Home'),
    description: shown(z.string(), 'A quiet place'),
    version: shown(z.string(), '2.7.2 (compatible; Akkoma 3.16.0)'),
    email: shown(z.string().nullable(), 'admin@home.example'),
    urls: z.object({ streaming_api: shown(z.string(), 'wss://home.example') }),
    stats: z.object({ user_count: count, status_count: count, domain_count: count }),
    thumbnail: image,
    languages: shown(z.array(z.string()), ['en']),
    registrations: flag,
    approval_required: flag,
    max_toot_chars: shown(count, 5_000),
    upload_limit: shown(count, 16_000_000),
    pleroma: z.object({
      metadata: z.object({ account_activation_required: flag, features }),
      stats: z.object({ mau: count }),
    }),
  }),
);
