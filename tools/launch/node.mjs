// Picks the Node that runs our TypeScript: the packaged one, or the machine's own where none is packaged.
import { existsSync } from 'node:fs'
import path from 'node:path'

import { runQuietly } from './child.mjs'
import { Stop, texts } from './texts.mjs'

const needed = 24

/** @returns {Promise<string>} absolute path of a Node ≥ 24 */
export async function findNode(root) {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'node'))
  for (const candidate of new Set([path.join(root, 'node_modules/.bin/node'), process.execPath, ...onPath])) {
    if (!existsSync(candidate)) continue
    const { ok, output } = await runQuietly(candidate, ['--version'], { env: {} })
    if (ok && Number(/^v(\d+)/.exec(output)?.[1]) >= needed) return candidate
  }
  throw new Stop(texts.noNode(process.version))
}
