// Where the exchange runs: it writes its address and token into the data folder; another machine's is told by the environment.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const lockFile = z.object({ host: z.string(), port: z.number().int(), pid: z.number() })
/** `url` without a path, `ws:` or `wss:`. */
export type ExchangePlace = { url: string; token: string }

/** Null while no exchange has run in this folder. */
export async function placeOfExchange(dataDir: string, env: NodeJS.ProcessEnv = process.env): Promise<ExchangePlace | null> {
  const folder = env['EXCHANGE_DATA'] ?? join(dataDir, 'exchange')
  try {
    const token = (await readFile(env['EXCHANGE_TOKEN_FILE'] ?? join(folder, 'token'), 'utf8')).trim()
    if (env['EXCHANGE_URL']) return { url: env['EXCHANGE_URL'].replace(/\/$/, ''), token }
    const lock = lockFile.parse(JSON.parse(await readFile(join(folder, 'exchange.lock'), 'utf8')))
    return { url: `${env['TLS_CERT'] && env['TLS_KEY'] ? 'wss' : 'ws'}://${lock.host}:${lock.port}`, token }
  } catch {
    return null
  }
}
