#!/usr/bin/env node
// Starts everything: installs packages when the lock file changed, picks Node 24, then starts, tests or runs a file.
// Plain JavaScript without packages, because it runs before any is installed, on the machine's own Node 20 or newer.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { buildPages, stalePages } from './launch/build.mjs'
import { exitCodeOf, quiet, runForeground, runServer } from './launch/child.mjs'
import { startExchange, stopExchange } from './launch/exchange.mjs'
import { ensureInstalled } from './launch/install.mjs'
import { prepareLan } from './launch/lan.mjs'
import { findNode } from './launch/node.mjs'
import { test } from './launch/test.mjs'
import { Stop, texts } from './launch/texts.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

async function main([command, ...args]) {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Stop(texts.nodeTooOld(process.version))
  if (command !== 'start' && command !== 'test' && !(command === 'run' && args.length > 0)) throw new Stop(texts.usage)
  await ensureInstalled(root)
  const node = await findNode(root)
  if (command === 'test') return test(root, node)
  if (command === 'run') {
    const file = path.resolve(root, args[0])
    if (!existsSync(file)) throw new Stop(texts.noFile(args[0]))
    return exitCodeOf(await runForeground(node, [...quiet, file, ...args.slice(1)], { cwd: process.cwd() }))
  }
  const help = args.includes('--help')
  // Beside the server's start: the first one prepares a whole city, which mostly waits for the database.
  const pages = !help && (await stalePages(root)).length > 0 ? buildPages(root, node) : undefined
  pages?.catch(() => undefined)
  prepareLan(root, node, args)
  const exchange = help ? undefined : await startExchange(root, node, args)
  const code = exitCodeOf(await runServer(node, [...quiet, path.join(root, 'server/src/main.ts'), ...args], { cwd: root, pages }))
  // An orderly end only: when the server falls, calls go on and the next start adopts the exchange.
  if (code === 0) stopExchange(exchange, args)
  return code
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(error.message)
  process.exitCode = 1
}
