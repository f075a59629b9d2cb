// The static checks of architecture.md §8; each prints what it found, all run, any finding fails.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { boundaries } from './check/boundaries.ts'
import { fileSizes } from './check/file-sizes.ts'
import { rowCounts } from './check/row-counts.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

/** Runs one of our own scripts or a package's program; returns its output when it failed. */
function program(file: string, args: string[]): string[] {
  const run = spawnSync(file, args, { cwd: root, encoding: 'utf8' })
  return run.status === 0 ? [] : [`${run.stdout}${run.stderr}`.trim()]
}

const checks: [name: string, run: () => Promise<string[]> | string[]][] = [
  ['lint (any, Date, console, floating promises, correctness)', () => program(bin('oxlint'), ['--quiet', '--type-aware'])],
  ['boundaries between domains', () => boundaries(root)],
  ['file sizes', () => fileSizes(root)],
  ['row counts of held writes', () => rowCounts(root)],
  ['generated files (tables, schema.sql, OpenAPI, API types)', () => program(process.execPath, ['tools/gen.ts', '--check'])],
  ['dead code (knip)', () => program(bin('knip'), ['--no-progress', '--no-config-hints'])],
]

let failed = 0
for (const [name, run] of checks) {
  const started = performance.now()
  const found = await run()
  console.log(`${found.length === 0 ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  for (const line of found) console.log(line.replace(/^/gm, '    '))
  if (found.length > 0) failed += 1
}
if (failed > 0) process.exit(1)
