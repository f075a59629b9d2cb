// PostgreSQL refuses to run as root, so a server started as root runs it as the system user `postgres`.
import { execFile } from 'node:child_process'
import { chmod, lchown, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

import { EmbeddedDatabaseError } from './embedded-error.ts'

const run = promisify(execFile)
const systemUser = 'postgres'

/** The account that runs the database, or `undefined` when it is our own. */
export type Account = { uid: number; gid: number } | undefined

/** Environment of every database process: nothing of ours (PGPORT, PGDATA, NODE_OPTIONS…) may leak into it. */
export const databaseEnvironment = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }

/**
 * Decides who runs the database. An existing cluster keeps its owner, so that a site which once ran as an ordinary user
 * and now as root can go back.
 */
export async function databaseAccount(cluster: string | undefined): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined
  if (cluster) {
    const owner = await stat(cluster).catch(() => undefined)
    if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const found = await findSystemUser()
  if (found) return found
  try {
    await createSystemUser()
  } catch (cause) {
    throw new EmbeddedDatabaseError('account-missing', { said: String(cause) }, { cause })
  }
  const made = await findSystemUser()
  if (!made) throw new EmbeddedDatabaseError('account-missing')
  return made
}

async function findSystemUser(): Promise<Account> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', systemUser]), run('id', ['-g', systemUser])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function createSystemUser(): Promise<void> {
  const groupExists = await run('getent', ['group', systemUser]).then(() => true, () => false)
  const options = { env: databaseEnvironment }
  if (!groupExists) await run('groupadd', ['-r', systemUser], options)
  await run('useradd', ['-r', '-g', systemUser, '-M', '-d', '/nonexistent', '-s', '/usr/sbin/nologin', systemUser], options)
}

/** Whether the account can create and remove a file there; asked of the operating system by doing it. */
export async function canUse(folder: string, account: Account): Promise<boolean> {
  const script = 'cd "$1" && : > "$2" && rm "$2"'
  return run('/bin/sh', ['-c', script, 'sh', folder, `.probe-${process.pid}`], { cwd: '/', env: databaseEnvironment, ...account }).then(
    () => true,
    () => false,
  )
}

export async function give(path: string, account: Account): Promise<void> {
  if (account) await lchown(path, account.uid, account.gid)
}

/** Creates missing folders so that another account can pass through them (0711) but not list them. */
export async function makePassable(folder: string, account: Account): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o711 })
  if (!first || !account) return
  // mkdir's mode is cut by the umask; under 077 the database account could not get through.
  for (let made = folder; made.startsWith(first); made = path.dirname(made)) await chmod(made, 0o711)
}
