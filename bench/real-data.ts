// Real messages lie outside the project and are read while a bench runs; nothing of them is kept.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = process.env['MINSHENG_REAL_DATA'] ?? join(import.meta.dirname, '..', '..', 'shared', 'data', 'real')

/** Rows of a file of the real data, or null with a line that says so where it is absent. */
export function realRows<T>(name: string): T[] | null {
  const path = join(folder, `${name}.jsonl.gz`)
  if (!existsSync(path)) {
    console.log(`  · 没有真实数据 ${path}（用 MINSHENG_REAL_DATA 指定目录），跳过`)
    return null
  }
  return gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as T)
}
