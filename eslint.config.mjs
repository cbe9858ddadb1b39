import { existsSync } from 'node:fs';
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Settings are read in src/environment.ts only; take what you need as a parameter.',
};
const unsafeCompare = {
  selector:
    "BinaryExpression[operator=/^[!=]==?$/]:not([right.name='undefined']) > MemberExpression[property.name=/^(adminSecret|adminToken)$/]",
  message: 'Secrets are compared in constant time, see src/auth/authenticate.ts.',
};

// Without the types `npm run example` generates, every rule about types would cry.
const examples = existsSync(new URL('examples/apollo-client/src/generated', import.meta.url))
  ? ['examples/*/{build,src/generated}/']
  : ['examples/'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'bench/.data/',
      'src/database/generated/',
      '.steward/',
      ...examples,
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers in messages read better without String().
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `void promise` and `void (await …)` say on purpose that nothing is returned.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        {
          ignoreArrowShorthand: true,
          ignoreVoidOperator: true,
          ignoreVoidReturningFunctions: true,
        },
      ],
      // Spread on purpose over code points: ids and escapes are ASCII.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Escaping control characters is what these expressions are for.
      'no-control-regex': 'off',
      // Only the log and the output of commands may speak: both are searched for secrets.
      'no-console': 'error',
      'no-restricted-syntax': ['error', processEnv, unsafeCompare],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
    },
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts'], rules: { 'no-console': 'off' } },
  // A table of cases is long when Prettier gives each field a line of its own.
  {
    files: ['test/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }] },
  },
  {
    files: [
      'src/environment.ts',
      'src/main.ts',
      'test/**/*.ts',
      'bench/src/**/*.ts',
      'examples/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['*.config.ts', 'test/support/global-setup.ts'],
    rules: { 'no-restricted-exports': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: { process: 'readonly', URL: 'readonly', console: 'readonly', Buffer: 'readonly' },
    },
  },
  {
    files: ['schema.graphql'],
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig: { schema: './schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphqlPlugin },
    rules: {
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          DirectiveDefinition: true,
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/unique-enum-value-names': 'error',
      '@graphql-eslint/input-name': [
        'error',
        { checkInputType: true, caseSensitiveInputType: false },
      ],
      '@graphql-eslint/no-unreachable-types': 'error',
    },
  },
);
