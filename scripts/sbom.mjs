// Prints the bill of materials (CycloneDX) of what ships: the packages inside dist/, as the build recorded
// them, and those that are installed beside it. `npm sbom` alone would list either all tools or none of the
// bundled packages.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const root = new URL('..', import.meta.url);
const sbom = (...words) =>
  JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', ...words], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    }),
  );
const refOf = (component) => component['bom-ref'];

const bundled = JSON.parse(readFileSync(new URL('dist/bundled.json', root), 'utf8'));
const shipped = new Set([...bundled, ...sbom('--omit', 'dev').components.map(refOf)]);
const all = sbom();
const components = all.components
  .filter((component) => shipped.has(refOf(component)))
  .map(({ properties, ...component }) => ({
    ...component,
    scope: 'required',
    properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  }));
const refs = new Set([refOf(all.metadata.component), ...components.map(refOf)]);
const missing = bundled.filter((ref) => !refs.has(ref));
if (missing.length > 0) throw new Error(`npm sbom does not know ${missing.join(', ')}`);
const dependencies = all.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({
    ref,
    dependsOn: dependsOn.filter((one) => refs.has(one)),
  }));
console.log(JSON.stringify({ ...all, components, dependencies }, null, 2));
