import { reportNoteCreate, reportNoteDelete } from '../../resolvers/reports/notes.js';
import { reportRespond } from '../../resolvers/reports/respond.js';
import { reportSetState } from '../../resolvers/reports/set-state.js';
import { builder } from '../builder.js';
import { mutation } from '../mutation.js';
import { Status } from '../status/type.js';
import { ReportReferenceInput, reportReferenceOf } from './inputs.js';
import { ReportNote } from './note.js';
import { Report, ReportStateEnum } from './type.js';

const ReportStateChange = builder.inputType('ReportStateChange', {
  description: 'A new state for one report.',
  fields: (t) => ({
    report: t.field({ type: ReportReferenceInput, required: true, description: 'Which report.' }),
    state: t.field({ type: ReportStateEnum, required: true, description: 'The new state.' }),
    expectedState: t.field({
      type: ReportStateEnum,
      description:
        'The state the caller saw: when it is another by now, someone else was first and all is refused with CONFLICT.',
    }),
  }),
});

const ReportNoteReferenceInput = builder.inputType('ReportNoteReference', {
  description: 'Names one note in exactly one of two ways.',
  isOneOf: true,
  fields: (t) => ({
    id: t.globalID({ for: [ReportNote], description: 'Global id of a `ReportNote`.' }),
    databaseId: t.id({ description: "The instance's own id, a number." }),
  }),
});

mutation('reportSetState', {
  description:
    'Sets the state of reports, all or none. Closing or resolving drops the copies of what was reported for good. REST: `PATCH /reports`, `PUT /reports/:id`.',
  input: (t) => ({
    reports: t.field({
      type: [ReportStateChange],
      required: true,
      description: '1 to 100 changes, done one after the other.',
    }),
  }),
  run: (context, { reports }) =>
    reportSetState(context, {
      reports: reports.map(({ report, state, expectedState }) => ({
        report: reportReferenceOf(report),
        state,
        expectedState: expectedState ?? undefined,
      })),
    }),
  payload: (t) => ({
    reports: t.field({
      type: [Report],
      description: 'The reports as they are now, in input order.',
      resolve: ({ result }) => result,
    }),
  }),
});

mutation('reportRespond', {
  description:
    'Writes a direct message from the caller to the reporter; it is federated. REST: `POST /reports/:id/respond` of the documented API.',
  input: (t) => ({
    report: t.field({ type: ReportReferenceInput, required: true, description: 'Which report.' }),
    text: t.string({
      required: true,
      description:
        'Plain text, 1 to 5,000 characters unless the instance says otherwise. Whom it mentions gets it too.',
    }),
  }),
  run: (context, { report, text }) =>
    reportRespond(context, { report: reportReferenceOf(report), text }),
  payload: (t) => ({
    report: t.field({
      type: Report,
      description: 'The report answered.',
      resolve: ({ result }) => result?.report,
    }),
    status: t.field({
      type: Status,
      description: 'The message.',
      resolve: ({ result }) => result?.status,
    }),
  }),
});

mutation('reportNoteCreate', {
  description: 'Adds a note to a report, for other staff. REST: `POST /reports/:id/notes`.',
  input: (t) => ({
    report: t.field({ type: ReportReferenceInput, required: true, description: 'Which report.' }),
    content: t.string({
      required: true,
      description: 'Not blank; on Akkoma at most 255 characters.',
    }),
  }),
  run: (context, { report, content }) =>
    reportNoteCreate(context, { report: reportReferenceOf(report), content }),
  payload: (t) => ({
    report: t.field({
      type: Report,
      description: 'The report.',
      resolve: ({ result }) => result?.report,
    }),
    note: t.field({
      type: ReportNote,
      description: 'The note.',
      resolve: ({ result }) => result?.note,
    }),
  }),
});

mutation('reportNoteDelete', {
  description: 'Deletes a note of a report. REST: `DELETE /reports/:report_id/notes/:id`.',
  input: (t) => ({
    report: t.field({ type: ReportReferenceInput, required: true, description: 'Which report.' }),
    note: t.field({
      type: ReportNoteReferenceInput,
      required: true,
      description: 'Which of its notes.',
    }),
  }),
  run: (context, { report, note: { id, databaseId } }) =>
    reportNoteDelete(context, {
      report: reportReferenceOf(report),
      note: { databaseId: id?.id ?? databaseId ?? '' },
    }),
  payload: (t) => ({
    report: t.field({
      type: Report,
      description: 'The report.',
      resolve: ({ result }) => result?.report,
    }),
    note: t.field({
      type: ReportNote,
      description: 'The note as it was.',
      resolve: ({ result }) => result?.note,
    }),
  }),
});
