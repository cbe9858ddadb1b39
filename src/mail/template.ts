/** What a template of the instance may show of a new account. */
export interface TemplateValues {
  readonly nickname: string;
  /** Display name. */
  readonly name: string;
  readonly instanceName: string;
}

const placeholders: ReadonlyMap<string, keyof TemplateValues> = new Map([
  ['user.nickname', 'nickname'],
  ['user.name', 'name'],
  ['instance_name', 'instanceName'],
]);
const code = /<%(=?)([\s\S]*?)%>/g;

/**
 * Fills a template of Elixir (EEx) whose only code is `<%= user.nickname %>`, `<%= user.name %>` and
 * `<%= instance_name %>`.
 * @param escape what becomes of a value.
 * @returns undefined for a template with any other code: Steward runs none.
 */
export function fillTemplate(
  template: string,
  values: TemplateValues,
  escape: (value: string) => string = (value) => value,
): string | undefined {
  const isPlain = [...template.matchAll(code)].every(
    ([, prints, name = '']) => prints === '=' && placeholders.has(name.trim()),
  );
  if (!isPlain || template.replace(code, '').includes('<%')) return undefined;
  return template.replace(code, (_whole, _prints, name: string) => {
    const key = placeholders.get(name.trim());
    return key === undefined ? '' : escape(values[key]);
  });
}
