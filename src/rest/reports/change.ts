import { z } from 'zod';
import { OperationError, type Issue } from '../../errors.js';
import { reportNoteCreate, reportNoteDelete } from '../../resolvers/reports/notes.js';
import { reportRespond } from '../../resolvers/reports/respond.js';
import { reportSetState } from '../../resolvers/reports/set-state.js';
import { plainText } from '../parameters.js';
import { fromBody, Refusal, route, type Route } from '../route.js';
import { examples } from '../schemas/examples.js';
import { nothing, shown } from '../schemas/parts.js';
import { report as reportSchema } from '../schemas/report.js';
import { status as statusSchema } from '../schemas/status.js';
import { statusJson } from '../statuses/answers.js';
import { reportJson } from './answers.js';

const changes = z.array(z.object({ id: plainText, state: plainText }));

/**
 * What is wrong with each item that is, in the instance's words
 * (docs/instance/moderation.md#changing-the-state-of-reports).
 */
function itemFaults({ issues }: OperationError, items: z.infer<typeof changes>): unknown[] {
  const fault = (issue: Issue): unknown[] => {
    const item = items[Number(issue.inputPath[1])];
    return item
      ? [{ id: item.id, error: issue.code === 'NOT_FOUND' ? 'not_found' : issue.message }]
      : [];
  };
  return issues.flatMap(fault);
}

/** Runs `work`; what it refuses is answered as `answer` says, when it says anything. */
async function refusing<Result>(
  work: () => Promise<Result>,
  answer: (error: OperationError) => { status: number; body: unknown } | undefined,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof OperationError ? answer(error) : undefined;
    throw refusal ? new Refusal(refusal) : error;
  }
}

export const reportChangeRoutes: readonly Route[] = [
  route({
    method: 'PATCH',
    path: '/reports',
    summary: 'Set the states of reports, all or none',
    operation: reportSetState,
    input: z.object({ reports: changes }),
    answers: nothing,
    refusals: {
      400: z.array(
        z.object({
          id: shown(z.string(), examples.reportId),
          error: shown(z.string(), 'not_found'),
        }),
      ),
    },
    example: { reports: [{ id: examples.reportId, state: 'resolved' }] },
    from: fromBody,
    status: 204,
    run: async ({ context, input: { reports } }) => {
      const list = reports.map(({ id, state }) => ({ report: { databaseId: id }, state }));
      await refusing(
        () => reportSetState(context, { reports: list, lenient: true }),
        (error) => {
          const faults = itemFaults(error, reports);
          return faults.length === 0 ? undefined : { status: 400, body: faults };
        },
      );
    },
  }),
  route({
    method: 'PUT',
    path: '/reports/:id',
    dialects: ['legacy'],
    summary: 'Set the state of a report',
    operation: reportSetState,
    input: z.object({ id: z.string(), state: plainText }),
    answers: reportSchema,
    example: { id: examples.reportId, state: 'closed' },
    run: async ({ context, dialect, input: { id, state } }) => {
      const [report] = await refusing(
        () => reportSetState(context, { reports: [{ report: { databaseId: id }, state }] }),
        ({ code }) => (code === 'NOT_FOUND' ? { status: 404, body: 'Not found' } : undefined),
      );
      return report && reportJson(context, dialect, report);
    },
  }),
  route({
    method: 'POST',
    path: '/reports/:id/respond',
    dialects: ['legacy'],
    summary: 'Answer a report with a direct message to the reporter',
    operation: reportRespond,
    input: z.object({ id: z.string(), status: z.unknown().optional() }),
    documentedInput: z.object({ id: z.string(), status: z.string() }),
    answers: statusSchema,
    example: { id: examples.reportId, status: 'Thank you, we have talked to them.' },
    run: async ({ context, dialect, input: { id, status } }) => {
      if (typeof status !== 'string')
        throw new Refusal({ status: 400, body: 'Invalid parameters' });
      const response = await reportRespond(context, { report: { databaseId: id }, text: status });
      return statusJson(context, dialect, response.status);
    },
  }),
  route({
    method: 'POST',
    path: '/reports/:id/notes',
    summary: 'Add a note to a report',
    operation: reportNoteCreate,
    input: z.object({ id: z.string(), content: plainText }),
    answers: nothing,
    refusals: { 400: z.literal('') },
    example: { id: examples.reportId, content: 'Third time this month.' },
    from: fromBody,
    needs: ['content'],
    status: 204,
    run: async ({ context, input: { id, content } }) => {
      const isEmpty = content.trim() === '';
      await refusing(
        () => reportNoteCreate(context, { report: { databaseId: id }, content }),
        ({ code }) => (isEmpty || code === 'NOT_FOUND' ? { status: 400, body: '' } : undefined),
      );
    },
  }),
  route({
    method: 'DELETE',
    path: '/reports/:report_id/notes/:id',
    summary: 'Delete a note of a report',
    operation: reportNoteDelete,
    input: z.object({ report_id: z.string(), id: z.string() }),
    answers: nothing,
    example: { report_id: examples.reportId, id: examples.noteId },
    status: 204,
    run: async ({ context, input }) =>
      void (await reportNoteDelete(context, {
        report: { databaseId: input.report_id },
        note: { databaseId: input.id },
      })),
  }),
];
