import {
  GraphQLError,
  Lexer,
  NoFragmentCyclesRule,
  parse,
  Source,
  TokenKind,
  validate,
  type DocumentNode,
} from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { shapeFault } from './document-shape.js';
import { refusalError } from './limit-error.js';

/** With its lines, what naming the place of an error costs: the text is read up to there each time. */
const [maxCharacters, maxLines] = [200_000, 10_000];
const maxTokens = 5_000;
/** Errors of validation that are reported; it stops there. */
const maxReportedErrors = 20;
/** Brackets in brackets: the parser would run out of stack on thousands. */
const maxBracketDepth = 100;
/** Far more than anybody needs, and harmless for what reads them. */
const maxVariableDepth = 2_000;

/**
 * Refuses documents that are too long, too deep or too often the same, before they are validated
 * (docs/limits.md).
 */
export const documentLimits: Plugin = {
  onParams: ({ params: { variables } }) => {
    if (isDeeperThan(maxVariableDepth, variables))
      throw refusalError(
        'COST_LIMIT',
        `The variables are nested deeper than ${maxVariableDepth} levels.`,
      );
  },
  onParse: ({ setParseFn }) => {
    setParseFn(parseWithinLimits);
  },
  onValidate: ({ setValidationFn }) => {
    setValidationFn(validateWithinLimits);
  },
  // A limit is no fault of the document's grammar, for which Yoga answers 200 to old clients: it says so of all that fails in parsing.
  onExecutionResult: ({ result }) => {
    if (!result || isAsyncIterable(result) || Array.isArray(result)) return;
    for (const { extensions } of result.errors ?? [])
      if (extensions['code'] === 'COST_LIMIT') extensions['http'] = { status: 400 };
  },
};

function parseWithinLimits(text: string | Source): DocumentNode {
  const source = typeof text === 'string' ? new Source(text) : text;
  const fault = lexicalFault(source);
  if (fault !== undefined) throw refusalError('COST_LIMIT', fault);
  const document = parse(source);
  const shape = shapeFault(document);
  if (shape !== undefined) throw refusalError('COST_LIMIT', shape);
  return document;
}

/** Circles of fragments first and alone: no other rule then has to find its way out of one. */
const validateWithinLimits: typeof validate = (schema, document, rules, options) => {
  const circles = validate(schema, document, [NoFragmentCyclesRule], { maxErrors: 1 });
  return circles.length > 0
    ? circles
    : validate(schema, document, rules, { ...options, maxErrors: maxReportedErrors });
};

/** Looks at the document word by word, which takes no stack. */
function lexicalFault(source: Source): string | undefined {
  if (source.body.length > maxCharacters)
    return `The document has more than ${maxCharacters} characters.`;
  const lexer = new Lexer(source);
  let [tokens, brackets] = [0, 0];
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (lexer.line > maxLines) return `The document has more than ${maxLines} lines.`;
      tokens += 1;
      if (tokens > maxTokens) return `The document has more than ${maxTokens} tokens.`;
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L)
        brackets += 1;
      if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R)
        brackets -= 1;
      if (brackets > maxBracketDepth)
        return `The document has more than ${maxBracketDepth} brackets in each other.`;
    }
  } catch (error) {
    // The parser says it better.
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
  return undefined;
}

/** Whether a JSON value is nested deeper than so many levels; goes no deeper, for which there is stack enough. */
function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth < 0) return true;
  for (const part of Object.values(value)) if (isDeeperThan(depth - 1, part)) return true;
  return false;
}
