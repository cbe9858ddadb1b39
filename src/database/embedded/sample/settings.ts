import { encodeTerm } from '../../../erlang/encode.js';
import { atom, boolean, integer, list, map, text, tuple, type Term } from '../../../erlang/term.js';
import { timestamps, type Row, type World } from './world.js';

/** Rows of `config`, as written by an administrator some weeks ago. */
export function settingRows(world: World): Row[] {
  const settings: readonly [group: string, key: string, value: Term][] = [
    [
      ':pleroma',
      ':instance',
      keywords({
        name: text('Steward Sample'),
        email: text(`admin@${world.host}`),
        notify_email: text(`noreply@${world.host}`),
        description: text('A small town by the harbour, made up for trying things out.'),
        registrations_open: boolean(false),
        invites_enabled: boolean(true),
        limit: integer(5000),
        upload_limit: integer(16_000_000),
        languages: list([text('en'), text('fr'), text('ja')]),
      }),
    ],
    [
      ':pleroma',
      ':mrf',
      keywords({
        policies: list(
          ['TagPolicy', 'SimplePolicy', 'HellthreadPolicy'].map((name) =>
            atom(`Elixir.Pleroma.Web.ActivityPub.MRF.${name}`),
          ),
        ),
        transparency: boolean(true),
        transparency_exclusions: list([]),
      }),
    ],
    [
      ':pleroma',
      ':mrf_simple',
      keywords({
        media_nsfw: list([
          tuple(text('*.blinking.example'), text('Flashing pictures without warning')),
        ]),
        reject: list([tuple(text('savings.example'), text('Spam'))]),
      }),
    ],
    [
      ':pleroma',
      ':mrf_hellthread',
      keywords({ delist_threshold: integer(10), reject_threshold: integer(20) }),
    ],
    [':pleroma', ':rate_limit', keywords({ authentication: tuple(integer(60_000), integer(15)) })],
    [
      ':pleroma',
      'Pleroma.Emails.Mailer',
      keywords({
        enabled: boolean(false),
        adapter: atom('Elixir.Swoosh.Adapters.SMTP'),
        relay: text('smtp.mail.example'),
        port: integer(587),
        username: text('steward-sample'),
        password: text('not-a-real-password'),
      }),
    ],
    [
      ':mime',
      ':types',
      map([
        [text('application/activity+json'), list([text('activity+json')])],
        [text('application/jrd+json'), list([text('jrd+json')])],
      ]),
    ],
  ];
  return settings.map(([group, key, value], index) => {
    const bytes = Buffer.from(encodeTerm(value)).toString('hex');
    return {
      id: index + 1,
      group,
      key,
      value: `\\x${bytes}`,
      ...timestamps(world.daysAgo(50 - index), world.daysAgo(20 - index)),
    };
  });
}

function keywords(entries: Readonly<Record<string, Term>>): Term {
  return list(Object.entries(entries).map(([key, value]) => tuple(atom(key), value)));
}
