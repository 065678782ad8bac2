// Builds the console for Maven, and only what is stale: packages when the lock file is newer than they are,
// the bundle when any of its sources is newer than the last bundle. Usage: node build.mjs OUTPUT_DIRECTORY
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.resolve(process.argv[2] ?? path.join(here, 'dist'));
const sources = ['index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'src'];

/** The time of the newest file below, 0 when there is none. */
function newest(file) {
  if (!fs.existsSync(file)) return 0;
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...fs.readdirSync(file).map((name) => newest(path.join(file, name))));
}

function npm(...args) {
  const result = spawnSync('npm', args, { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) {
    console.error(`console: npm could not be started (${result.error.message}).`);
    console.error('Install Node 20 or newer, or build without the console: -Dconsole.skip');
    process.exit(1);
  }
  if (result.status !== 0) process.exit(result.status ?? 1);
}

const installed = path.join(here, 'node_modules', '.package-lock.json');
if (newest(installed) < newest(path.join(here, 'package-lock.json'))) {
  npm('ci', '--ignore-scripts', '--prefer-offline');
}

const built = newest(path.join(output, 'index.html'));
if (built > Math.max(...sources.map((name) => newest(path.join(here, name))))) {
  console.log('console: up to date');
} else {
  npm('run', 'build', '--', '--outDir', output, '--emptyOutDir');
}
