import { defineConfig } from 'prisma/config';

// `generate`, `validate` and `format` never run the schema engine, yet the CLI would download it; any existing file satisfies it.
if (process.argv.some((word) => ['generate', 'validate', 'format'].includes(word))) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
}
process.env['CHECKPOINT_DISABLE'] ??= '1';

export default defineConfig({ schema: 'prisma/schema.prisma' });
