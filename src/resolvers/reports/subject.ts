import { objectOf, textOf, type Json } from '../../database/json.js';
import type { ReportRow } from '../../database/reports.js';

/**
 * A status a report names, with what was kept of it when the report was made
 * (docs/instance/moderation.md#what-a-report-is-about).
 */
export interface ReportedStatus {
  /** ActivityPub id of the Create activity or of the object, as the report holds it. */
  readonly apId: string;
  /** HTML, kept only while the report is open. */
  readonly content: string | undefined;
  readonly published: string | undefined;
  /** It was gone already when the report came in. */
  readonly wasDeleted: boolean;
}

/** What the column of accounts' ids holds. */
const maxApId = 255;

/** ActivityPub id of the reported account; undefined for what can be no account's, such as a text that is too long. */
export function reportedAccount({ data }: ReportRow): string | undefined {
  const [account] = subjects(objectOf(data)['object']);
  const apId = textOf(account);
  return apId !== undefined && apId.length <= maxApId ? apId : undefined;
}

/** The statuses a report names, of whichever form each is; what names none is passed over. */
export function reportedStatuses({ data }: ReportRow): ReportedStatus[] {
  return subjects(objectOf(data)['object'])
    .slice(1)
    .flatMap((entry) => {
      const apId = textOf(entry) ?? textOf(objectOf(entry)['id']);
      const { content, published, deleted } = objectOf(entry);
      return apId === undefined
        ? []
        : [
            {
              apId,
              content: textOf(content),
              published: textOf(published),
              wasDeleted: deleted === true,
            },
          ];
    });
}

function subjects(object: Json | undefined): Json[] {
  return Array.isArray(object) ? object : object === undefined || object === null ? [] : [object];
}
