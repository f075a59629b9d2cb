// Where the exchange runs: it writes its address and token into the data folder; another machine's is told by the environment.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const lockFile = z.object({ host: z.string(), port: z.number().int(), pid: z.number(), inside: z.number().int().nullable().optional() })
/** Without a path, `ws:` or `wss:`; `desks` is where browsers come, with host `0.0.0.0` where they come by whatever name the page has. */
export type ExchangePlace = { url: string; desks: string; token: string }

/** Null while no exchange has run in this folder. */
export async function placeOfExchange(dataDir: string, env: NodeJS.ProcessEnv = process.env): Promise<ExchangePlace | null> {
  const folder = env['EXCHANGE_DATA'] ?? join(dataDir, 'exchange')
  try {
    const token = (await readFile(env['EXCHANGE_TOKEN_FILE'] ?? join(folder, 'token'), 'utf8')).trim()
    if (env['EXCHANGE_URL']) {
      const url = env['EXCHANGE_URL'].replace(/\/$/, '')
      return { url, desks: (env['EXCHANGE_DESKS_URL'] ?? url).replace(/\/$/, ''), token }
    }
    const lock = lockFile.parse(JSON.parse(await readFile(join(folder, 'exchange.lock'), 'utf8')))
    const inside = lock.inside ?? null
    const host = lock.host === '0.0.0.0' || lock.host === '::' ? '127.0.0.1' : lock.host
    return { url: inside === null ? `ws://${host}:${lock.port}` : `ws://127.0.0.1:${inside}`, desks: `${inside === null ? 'ws' : 'wss'}://${lock.host}:${lock.port}`, token }
  } catch {
    return null
  }
}
