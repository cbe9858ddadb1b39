import type { OperationContext } from '../../context.js';
import { failure } from '../../errors.js';
import {
  deleteDocument,
  documentPaths,
  readDocument,
  writeDocument,
  type DocumentName,
} from '../../instance/documents.js';
import { wholeRequests } from '../input-rules.js';
import { operation } from '../operation.js';

interface Named {
  /** `instance-panel` or `terms-of-service`. */
  readonly document: string;
}

/**
 * A page of the instance's own, as HTML (docs/instance/admin-fe.md#settings-documents-and-emoji).
 * Empty until somebody writes one, and when the operator does not say where they lie: what the instance shows then is
 * part of its program, and an error breaks the dashboards that read it.
 * @throws OperationError NOT_FOUND for another name.
 */
export const instanceDocumentShow = operation({
  name: 'instanceDocumentShow',
  access: { role: 'admin', scope: 'admin:read' },
  run: async (context, { document }: Named): Promise<string> => {
    const name = nameOf(document);
    const { staticDirectory } = context.config;
    return staticDirectory === undefined
      ? ''
      : ((await orUnavailable(() => readDocument(staticDirectory, name))) ?? '');
  },
});

/**
 * Writes a page of the instance's own. The moderation log knows no such action.
 * @returns its address on the instance.
 * @throws OperationError as for showing; UNAVAILABLE when the file can't be written.
 */
export const instanceDocumentUpdate = operation({
  name: 'instanceDocumentUpdate',
  access: { role: 'admin', scope: 'admin:write' },
  limits: wholeRequests,
  run: async (
    context,
    { document, text }: Named & { readonly text: string },
  ): Promise<{ readonly url: string }> => {
    const { directory, name } = placeOf(context, document);
    await orUnavailable(() => writeDocument(directory, name, text));
    return { url: `${(await context.instance()).baseUrl}/${documentPaths[name]}` };
  },
});

/** Removes a page, so that the instance shows its own again. @throws OperationError as for writing, NOT_FOUND while there is none. */
export const instanceDocumentDelete = operation({
  name: 'instanceDocumentDelete',
  access: { role: 'admin', scope: 'admin:write' },
  run: async (context, { document }: Named): Promise<void> => {
    const { directory, name } = placeOf(context, document);
    if (!(await orUnavailable(() => deleteDocument(directory, name)))) throw unknownDocument();
  },
});

function placeOf(
  { config: { staticDirectory } }: OperationContext,
  document: string,
): { readonly directory: string; readonly name: DocumentName } {
  const name = nameOf(document);
  if (staticDirectory === undefined)
    throw failure(
      'UNSUPPORTED',
      'This page lies on the disk of the instance, and INSTANCE_STATIC_DIR does not say where.',
    );
  return { directory: staticDirectory, name };
}

/** @throws OperationError NOT_FOUND for a name of no page. */
function nameOf(document: string): DocumentName {
  const name = Object.keys(documentPaths).find(
    (known): known is DocumentName => known === document,
  );
  if (!name) throw unknownDocument();
  return name;
}

async function orUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch {
    throw failure(
      'UNAVAILABLE',
      'The page cannot be read or written in the directory INSTANCE_STATIC_DIR names.',
    );
  }
}

function unknownDocument(): Error {
  return failure('NOT_FOUND', 'There is no such page.', ['document']);
}
