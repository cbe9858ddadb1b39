/**
 * A float as Elixir and its JSON library write it, shortest and always with a point: `1.0`, `0.001`, `1.0e-7`, `1.0e20`
 * (docs/instance/config.md#exported-file). Reading the text gives the same float.
 */
export function floatText(value: number): string {
  const plain = String(value);
  const magnitude = Math.abs(value);
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isInteger(value) && magnitude < 1e16) return `${plain}.0`;
  if (magnitude >= 1 && magnitude < 1e16) return plain;
  const scientific = exponential(value);
  if (magnitude >= 1e16) return scientific;
  const decimal = plain.includes('e') ? undefined : plain;
  return decimal !== undefined && decimal.length <= scientific.length ? decimal : scientific;
}

function exponential(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent.replace('+', '')}`;
}
