/** What the Relay plugin's own types and fields are for; the limits are those of connection.ts. */
export const relayDescriptions = {
  nodeTypeOptions: { description: 'Whatever has a global id.' },
  idFieldOptions: { description: 'Global id.' },
  pageInfoTypeOptions: { description: 'Where a page lies in its connection.' },
  hasNextPageFieldOptions: { description: 'Whether more items follow this page.' },
  hasPreviousPageFieldOptions: { description: 'Whether items came before this page.' },
  startCursorFieldOptions: { description: 'Cursor of the first item.' },
  endCursorFieldOptions: { description: 'Cursor of the last item: `after` for the next page.' },
  pageInfoFieldOptions: { description: 'Where this page lies.' },
  edgesFieldOptions: { description: 'The items with their cursors.' },
  nodesFieldOptions: { description: 'The items.' },
  nodeFieldOptions: { description: 'The item.' },
  cursorFieldOptions: { description: 'Cursor of the item, for `after` and `before`.' },
  firstArgOptions: { description: 'How many from the beginning: 1 to 100, 50 unless said.' },
  lastArgOptions: { description: 'How many from the end: 1 to 100.' },
  afterArgOptions: { description: 'Only what follows this cursor.' },
  beforeArgOptions: { description: 'Only what comes before this cursor.' },
} as const;
