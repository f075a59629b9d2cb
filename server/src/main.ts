// Config → services. Prints where to go, and once, the way in.
import { once } from 'node:events'
import { join } from 'node:path'
import { createApp } from './app.ts'
import { readConfig } from './kernel/config/index.ts'
import { localAddresses } from './kernel/tls/own-certificate.ts'
import { prepareFirstStart } from './first-start.ts'

/** Nobody is told an address before its pages are there. The launcher ends us if it cannot build them. */
async function pagesBuilt(): Promise<void> {
  if (await Promise.race([built, once(process, 'disconnect').then(() => false)])) process.disconnect()
}

const root = join(import.meta.dirname, '..', '..')
const began = performance.now()
const built = process.connected ? once(process, 'message') : null

if (process.argv.includes('--help')) {
  process.stdout.write('用法：npm start -- [--production] [--lan] [--host=地址] [--port=8080] [--public-port=8081] [--data=目录] [--services=web,worker,realtime,cron] [--demo-orders=2000]\n详见 docs/zh/operations.md\n')
  process.exit(0)
}

try {
  const config = readConfig(process.argv.slice(2), process.env, root)
  const app = await createApp(config)
  const notes = await prepareFirstStart(app)
  if (config.pagesComing) await pagesBuilt()
  await app.start()

  const line = (text: string): void => void process.stdout.write(`${text}\n`)
  line('')
  line(`  民声 Minsheng 已就绪（${((performance.now() - began) / 1000).toFixed(1)} 秒）`)
  if (config.services.has('web')) {
    const scheme = config.tls ? 'https' : 'http'
    const hosts = config.host === '0.0.0.0' || config.host === '::' ? localAddresses().filter((one) => config.host === '::' || !one.includes(':')).map((one) => (one.includes(':') ? `[${one}]` : one)) : [config.host]
    for (const host of hosts) {
      line(`  工作台   ${scheme}://${host}:${config.staffPort}/`)
      line(`  手机办理 ${scheme}://${host}:${config.staffPort}/m`)
      line(`  公众门户 ${scheme}://${host}:${config.publicPort}/`)
    }
  }
  for (const note of notes) line(`  ${note}`)
  line('')

  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    app.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
} catch (error) {
  process.stderr.write(`\n  启动失败：${error instanceof Error ? error.message : String(error)}\n\n`)
  if (process.env['MINSHENG_LOG'] === 'debug') throw error
  process.exit(1)
}
