import type { Term } from '../../erlang/term.js';
import { toElixir } from '../../erlang/to-elixir.js';
import { toJson } from '../../erlang/to-json.js';
import type { ConfigDifference } from '../../resolvers/config/difference.js';
import { plainJson } from '../../resolvers/config/json.js';
import { attempt } from '../../resolvers/config/setting.js';
import { builder } from '../builder.js';

const ConfigDifferenceKind = builder.enumType('ConfigDifferenceKind', {
  description: 'What becomes of a setting.',
  values: {
    ADDED: { description: 'It had no row.' },
    CHANGED: { description: 'Its value is another; a changed secret is masked on both sides.' },
    REMOVED: { description: 'Its row goes.' },
    UNCHANGED: { description: 'Its row is not touched.' },
  } as const,
});

/** One setting before and after. */
export const Difference = builder.objectRef<ConfigDifference>('ConfigDifference').implement({
  description: 'One setting before and after a change. Secrets are masked.',
  fields: (t) => ({
    group: t.exposeString('group', { nullable: false, description: 'As stored: `:pleroma`.' }),
    key: t.exposeString('key', {
      nullable: false,
      description: 'As stored: `:instance`, `Pleroma.Upload`.',
    }),
    kind: t.expose('kind', {
      type: ConfigDifferenceKind,
      nullable: false,
      description: 'What becomes of it.',
    }),
    before: t.field({
      type: 'JSON',
      description: 'The value before, in JSON; null when there was none or it has no JSON.',
      resolve: ({ before }) => json(before),
    }),
    after: t.field({
      type: 'JSON',
      description: 'The value after, in JSON; null when there is none or it has no JSON.',
      resolve: ({ after }) => json(after),
    }),
    beforeElixir: t.string({
      description: 'The value before, as Elixir writes it; null when there was none.',
      resolve: ({ before }) => elixir(before),
    }),
    afterElixir: t.string({
      description: 'The value after, as Elixir writes it; null when there is none.',
      resolve: ({ after }) => elixir(after),
    }),
  }),
});

function json(term: Term | undefined): unknown {
  const { value } = attempt(() => term && toJson(term));
  return value === undefined ? null : plainJson(value);
}

function elixir(term: Term | undefined): string | undefined {
  return attempt(() => term && toElixir(term)).value;
}
