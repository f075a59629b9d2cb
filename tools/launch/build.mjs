// Builds the console and the portal when their sources differ from those of the last build.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

import { exitCodeOf, runForeground } from './child.mjs'
import { Stop, seconds, texts } from './texts.mjs'

const workspaces = ['console', 'portal']
/** What both are built from besides their own folders: the language of forms, the light kit. */
const shared = ['forms', 'portal/src/kit']

/** One after the other: two builds at once need more memory than a small machine has. */
export async function buildPages(root, node) {
  for (const { workspace, folder, wanted } of await stalePages(root)) {
    const began = performance.now()
    console.log(texts.building(workspace))
    const vite = path.join(path.dirname(createRequire(path.join(folder, 'package.json')).resolve('vite/package.json')), 'bin/vite.js')
    const result = await runForeground(node, [vite, 'build', '--logLevel', 'warn'], { cwd: folder })
    if (exitCodeOf(result) !== 0) throw new Stop(texts.buildFailed(workspace))
    await writeFile(path.join(folder, 'dist/.build-stamp'), `${wanted}\n`)
    console.log(texts.built(workspace, seconds(began)))
  }
}

/** The workspaces whose sources differ from those of their last build. */
export async function stalePages(root) {
  const stale = []
  for (const workspace of workspaces) {
    const folder = path.join(root, workspace)
    if (!existsSync(path.join(folder, 'index.html'))) continue
    const wanted = await fingerprint(root, folder)
    const built = await readFile(path.join(folder, 'dist/.build-stamp'), 'utf8').catch(() => '')
    if (built.trim() !== wanted) stale.push({ workspace, folder, wanted })
  }
  return stale
}

/** Content rather than times: a checkout of another branch and back changes every time and no content. */
async function fingerprint(root, folder) {
  const hash = createHash('sha256')
  for (const file of [path.join(root, 'package-lock.json'), path.join(root, 'tsconfig.base.json'), ...(await sources(folder)), ...(await Promise.all(shared.map((one) => sources(path.join(root, one))))).flat()]) {
    hash.update(path.relative(root, file)).update('\0')
    hash.update(await readFile(file).catch(() => '')).update('\0')
  }
  return hash.digest('hex')
}

async function sources(folder) {
  const found = []
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.name === 'dist' || entry.name === 'node_modules' || /\.test\.tsx?$|\.md$/.test(entry.name)) continue
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) found.push(...(await sources(file)))
    else if (entry.isFile()) found.push(file)
  }
  return found.sort()
}
