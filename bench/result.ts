// Results files: bench/results/<name>.json, written by the bench itself, never by hand.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

export type Metric = { value: number; unit: string; target: number | null; ok: boolean | null }

/** `most`: the figure must not be above; `least`: must not be below. Without a target a figure is only reported. */
export const most = (value: number, unit: string, target: number): Metric => ({ value: round(value), unit, target, ok: value <= target })
export const least = (value: number, unit: string, target: number): Metric => ({ value: round(value), unit, target, ok: value >= target })
export const figure = (value: number, unit: string): Metric => ({ value: round(value), unit, target: null, ok: null })

const round = (value: number): number => Math.round(value * 1000) / 1000

export function writeResult(name: string, result: { command: string; base: string; metrics: Record<string, Metric>; notes: string[] }): void {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const dirty = execFileSync('git', ['status', '--porcelain', 'server', 'switch'], { encoding: 'utf8' }).trim() !== ''
  const machine = `${cpus().length} cores ${cpus()[0]?.model.trim() ?? ''}, ${Math.round(totalmem() / 2 ** 30)} GiB, database, server and load generator together`
  const text = { name, at: new Date().toISOString(), commit: dirty ? `${commit}+` : commit, machine, ...result }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(text, null, 2)}\n`)
  for (const [metric, m] of Object.entries(result.metrics)) console.log(`  ${m.ok === false ? '✗' : m.ok ? '✓' : '·'} ${metric}: ${m.value} ${m.unit}${m.target === null ? '' : ` (target ${m.target})`}`)
}

/** Nearest-rank percentile of unsorted values. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil((p / 100) * sorted.length) - 1)] ?? 0
}
