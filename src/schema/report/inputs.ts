import type { ReportListInput } from '../../resolvers/reports/list.js';
import { builder } from '../builder.js';
import { flakeOfGlobalId } from '../node-access.js';
import { referenceOf, UserReferenceInput } from '../user/inputs.js';
import { Report, ReportStateEnum } from './type.js';

/** Names one report, by exactly one of two ways. */
export const ReportReferenceInput = builder.inputType('ReportReference', {
  description: 'Names one report in exactly one of two ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [Report], description: 'Global id of a `Report`.' }),
    databaseId: t.id({ description: "The instance's own id, as REST shows it." }),
  }),
});

/** The reference as operations take it. */
export function reportReferenceOf(input: typeof ReportReferenceInput.$inferInput): {
  databaseId: string;
} {
  return { databaseId: input.id == null ? input.databaseId : flakeOfGlobalId(input.id) };
}

/** What a list of reports is narrowed by. */
export const ReportFilterInput = builder.inputType('ReportFilter', {
  description: 'All given conditions must match.',
  fields: (t) => ({
    state: t.field({ type: ReportStateEnum, description: 'In this state.' }),
    account: t.field({ type: UserReferenceInput, description: 'About this account.' }),
    reporter: t.field({ type: UserReferenceInput, description: 'Sent by this account.' }),
  }),
});

/** The criteria as operations take them. */
export function reportQueryOf(
  filter: typeof ReportFilterInput.$inferInput | null | undefined,
): ReportListInput {
  const { state, account, reporter } = filter ?? {};
  return {
    state: state ?? undefined,
    account: account ? referenceOf(account) : undefined,
    reporter: reporter ? referenceOf(reporter) : undefined,
  };
}
