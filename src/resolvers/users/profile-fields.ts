import type { OperationContext } from '../../context.js';
import type { Transaction } from '../../database/database.js';
import type { ProfileEntry } from '../../database/user-credentials.js';
import type { InstanceSettings } from '../../instance/settings.js';
import type { Issue } from '../../errors.js';
import { isLongerThan } from '../../lib/text-length.js';
import { formattedText } from '../formatted-text.js';

/** The entries an instance keeps: those with a name. */
export function namedEntries(entries: readonly ProfileEntry[]): ProfileEntry[] {
  return entries.filter((entry) => entry.name !== '').map(({ name, value }) => ({ name, value }));
}

/** Every rule of the instance the entries break (docs/instance/accounts.md#profile-fields). */
export function profileFieldFaults(
  entries: readonly ProfileEntry[],
  { maxProfileFields, profileFieldNameLength, profileFieldValueLength }: InstanceSettings,
): Issue[] {
  if (entries.length > maxProfileFields)
    return [fault(`should have at most ${String(maxProfileFields)} item(s)`)];
  const limits = { name: profileFieldNameLength, value: profileFieldValueLength };
  return entries.flatMap((entry, index) =>
    (['name', 'value'] as const)
      .filter((part) => isLongerThan(entry[part], limits[part]))
      .map((part) =>
        fault(
          `${part} of item ${String(index + 1)} should be at most ${String(limits[part])} character(s)${part === 'value' ? ' with the links made of it' : ''}`,
        ),
      ),
  );
}

/** The entries as the instance shows them: with links in their values (docs/instance/accounts.md#profile-fields). */
export async function renderedEntries(
  context: OperationContext,
  tx: Transaction,
  entries: readonly ProfileEntry[],
): Promise<ProfileEntry[]> {
  const rendered: ProfileEntry[] = [];
  for (const { name, value } of entries) {
    const { html } = await formattedText(context, tx, value, {
      wholeNicknames: true,
      keepsLineBreaks: true,
    });
    rendered.push({ name, value: html });
  }
  return rendered;
}

function fault(rule: string): Issue {
  return { code: 'INVALID', message: `fields ${rule}`, inputPath: ['fields'] };
}
