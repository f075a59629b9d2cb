// Starts the exchange: lock, key and token, media, engine, port. Ends on SIGTERM; a kill is recovered from at the next start.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pino from 'pino'
import { newId, now } from './engine/clock.ts'
import { type Config, choosePorts, readConfig } from './engine/config.ts'
import { type Log, startEngine } from './engine/engine.ts'
import { openLeases } from './engine/leases.ts'
import { dropLock, readLock, writeLock } from './engine/lock.ts'
import { serve } from './engine/wire.ts'
import { secretFile } from './journal/seal.ts'
import { freeSwitchMedia } from './freeswitch/index.ts'
import type { CreateMedia, MediaPort } from './media-port.ts'
import { virtualMedia } from './simulate/virtual-media.ts'

const logger = pino({ name: 'exchange', level: process.env.EXCHANGE_LOG ?? 'info' })
const log: Log = (level, text, data) => logger[level](data ?? {}, text)

/** Native media when it is built in, virtual media otherwise or when asked for. */
async function mediaFor(config: Config): Promise<MediaPort> {
  if (config.freeSwitch) {
    const { host, port, passwordFile, speech } = config.freeSwitch
    const password = (await readFile(passwordFile, 'utf8')).trim()
    // The one that every installation ships with would let anybody on the network place calls.
    if (password === '' || password === 'ClueCon') throw new Error('the event socket of FreeSWITCH must have a password of its own')
    return freeSwitchMedia({ host, port, password, spool: path.join(config.folder, 'spool'), folders: { prompts: path.join(config.folder, 'prompts'), shipped: path.join(import.meta.dirname, '..', 'prompts'), speech } }, log)
  }
  const native = path.join(import.meta.dirname, 'media', 'index.ts')
  if (config.media !== 'virtual' && existsSync(native)) {
    const { createMedia } = await import(pathToFileURL(native).href) as { createMedia: CreateMedia }
    const tls = config.tls && config.sipTls ? { port: config.sipTls.port, cert: await readFile(config.tls.cert, 'utf8'), key: await readFile(config.tls.key, 'utf8'), ...(config.sipTls.ca ? { ca: await readFile(config.sipTls.ca, 'utf8') } : {}) } : null
    return createMedia({ address: config.address, publicAddress: config.publicAddress, sipPort: config.sipPort, ...(tls ? { tls } : {}), rtpPorts: config.rtpPorts, spool: path.join(config.folder, 'spool'), prompts: path.join(config.folder, 'prompts') }, log)
  }
  if (config.media === 'native') throw new Error('native media is not built in')
  log('warn', 'virtual media: calls run by the clock, without sound')
  return virtualMedia({ now, after: (ms, run) => { setTimeout(run, ms) } })
}

async function main(): Promise<void> {
  const config = await choosePorts(readConfig(process.env, path.resolve(import.meta.dirname, '..', '..')))
  for (const name of ['', 'prompts', 'spool']) await mkdir(path.join(config.folder, name), { recursive: true, mode: 0o700 })
  const running = await readLock(config.folder)
  if (running) throw new Error(`an exchange runs already: pid ${running.pid}, port ${running.port}`)
  const key = await secretFile(config.keyFile, () => randomBytes(32))
  const token = (await secretFile(config.tokenFile, () => Buffer.from(randomBytes(32).toString('base64url')))).toString('utf8').trim()
  // The same after a restart: a killed exchange takes its own leases up again at once.
  const owner = (await secretFile(path.join(config.folder, 'owner'), () => Buffer.from(newId()))).toString('utf8')
  const leases = await openLeases(config.leases, owner, (tenant) => {
    // Frozen for ten seconds and replaced: two exchanges for one tenant would lose calls; this one goes.
    log('error', 'another exchange took a tenant over', { tenant })
    process.exit(3)
  })
  const engine = await startEngine({ folder: config.folder, media: await mediaFor(config), leases, log, key })
  const tls = config.tls ? { cert: await readFile(config.tls.cert), key: await readFile(config.tls.key) } : undefined
  const wire = await serve(engine, { host: config.host, port: config.port, token, folder: config.folder, version: 'minsheng-exchange 0.1.0', log, tls })
  await writeLock(config.folder, config.host, wire.port, wire.inside)
  log('info', 'exchange is ready', { host: config.host, port: wire.port, tenants: Object.keys(engine.policies()) })

  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    wire.close().then(engine.stop).then(() => dropLock(config.folder)).then(() => process.exit(0), (error: unknown) => { log('error', 'stop', { error: String(error) }); process.exit(1) })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

process.on('unhandledRejection', (error) => log('error', 'a promise nobody waited for', { error: String(error) }))
main().catch((error: unknown) => {
  log('error', 'exchange cannot start', { error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
})
