// `npm run drain`: the exchange of this installation takes no new calls; waits until the last has ended and says so. `-- --end` takes calls again.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { now } from './engine/clock.ts'
import { readConfig } from './engine/config.ts'
import type { Drained } from './engine/draining.ts'
import { readLock } from './engine/lock.ts'

const LOOK_MS = 5000
const say = (text: string): void => { process.stdout.write(`${text}\n`) }

async function main(): Promise<void> {
  const data = process.argv.find((one) => one.startsWith('--data='))?.slice(7) ?? process.env.MINSHENG_DATA
  const config = readConfig(data ? { EXCHANGE_DATA: path.resolve(data, 'exchange'), ...process.env } : process.env, path.resolve(import.meta.dirname, '..', '..'))
  const lock = await readLock(config.folder)
  if (!lock) throw new Error(`交换机没有在运行（${config.folder}）`)
  const token = (await readFile(config.tokenFile, 'utf8')).trim()
  const ask = async (method: 'GET' | 'POST' | 'DELETE'): Promise<Drained> => {
    const answer = await fetch(lock.inside === null ? `http://${lock.host}:${lock.port}/drain` : `http://127.0.0.1:${lock.inside}/drain`, { method, headers: { authorization: `Bearer ${token}` } })
    if (!answer.ok) throw new Error(`交换机没有接受（${answer.status}）`)
    return await answer.json() as Drained
  }
  if (process.argv.includes('--end')) {
    await ask('DELETE')
    return say('交换机恢复接听新来电。')
  }
  const minutes = Number(process.argv.find((one) => one.startsWith('--minutes='))?.slice(10) ?? 30)
  const until = now() + minutes * 60_000
  let state = await ask('POST')
  say(`交换机停接新来电，运营商会把来电转往别处。等待 ${state.calls} 通结束，最多 ${minutes} 分钟。`)
  while (state.calls > 0 && now() < until) {
    await new Promise((resolve) => { setTimeout(resolve, Math.min(LOOK_MS, until - now())) })
    const before = state.calls
    state = await ask('GET')
    // Whoever waits to stop the exchange must not go on as if it were empty.
    if (!state.draining) throw new Error('交换机又在接听了（有人恢复了接听，或它重新启动过）：没有等到通话结束，请再运行一次。')
    if (state.calls !== before) say(`还有 ${state.calls} 通。`)
  }
  if (state.calls === 0) return say(`没有通话了，可以停止和升级（期间谢绝 ${state.refused} 通）。重新启动后照常接听；不升级了请运行 npm run drain -- --end。`)
  say(`到时仍有 ${state.calls} 通：现在停止，它们会在重新启动后接续；也可以再等一次。`)
  process.exitCode = 2
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
