// Types for Steward's schema and for the operations in src/*.graphql, by the client preset of GraphQL Code Generator. With its command line
// the same is `graphql-codegen` and a codegen.ts; called like this it installs a quarter of the packages.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { preset } from '@graphql-codegen/client-preset';
import { codegen } from '@graphql-codegen/core';
import * as fragmentMatcher from '@graphql-codegen/fragment-matcher';
import { buildASTSchema, parse } from 'graphql';

const at = (path) => new URL(path, import.meta.url);
const read = (path) => readFileSync(at(path), 'utf8');

const schema = parse(read('../../schema.graphql'));
const schemaAst = buildASTSchema(schema);
const documents = readdirSync(at('src'))
  .filter((name) => name.endsWith('.graphql'))
  .map((name) => {
    const rawSDL = read(`src/${name}`);
    return { location: name, rawSDL, document: parse(rawSDL) };
  });
const config = {
  useTypeImports: true,
  enumsAsTypes: true,
  avoidOptionals: { field: true, inputValue: false, object: false },
  defaultScalarType: 'unknown',
  scalars: { Date: 'string', DateTime: 'string', BigInt: 'string' },
};
const common = {
  schema,
  schemaAst,
  documents,
  config,
  plugins: [],
  pluginMap: {},
  emitLegacyCommonJSImports: false,
};

const sections = await preset.buildGeneratesSection({
  ...common,
  baseOutputDir: 'src/generated/',
  presetConfig: { fragmentMasking: false },
});
sections.push({
  ...common,
  filename: 'src/generated/possible-types.ts',
  plugins: [{ fragmentMatcher: { apolloClientVersion: 3, useExplicitTyping: true } }],
  pluginMap: { fragmentMatcher },
});

mkdirSync(at('src/generated'), { recursive: true });
for (const section of sections) writeFileSync(at(section.filename), await codegen(section));
