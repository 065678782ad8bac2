// Fails when package-lock.json would not work elsewhere: an address of a registry in it,
// a package without its hash, or an optional platform package that npm silently dropped.
import fs from 'node:fs';

const packages = JSON.parse(fs.readFileSync(new URL('package-lock.json', import.meta.url), 'utf8')).packages;
const faults = [];

for (const [key, entry] of Object.entries(packages)) {
  if (entry.resolved?.startsWith('http')) {
    faults.push(`${key}: resolved ${entry.resolved}`);
  }
  if (key && !entry.link && !entry.integrity && !entry.inBundle) {
    faults.push(`${key}: no integrity`);
  }
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!packages[`${key}/node_modules/${name}`] && !packages[`node_modules/${name}`]) {
      faults.push(`${key} wants optional ${name}@${version}: missing`);
    }
  }
}

console.log(faults.length ? faults.join('\n') : `lock ok: ${Object.keys(packages).length} packages`);
process.exit(faults.length ? 1 : 0);
