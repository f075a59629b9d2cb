// Keeps this process connected to the exchange for as long as it runs.
import { hostname } from 'node:os'
import { signTicket, type LiveState } from '../../../../../switch/src/engine-port.ts'
import type { Running } from '../../../kernel/module.ts'
import { runQuery } from '../../../kernel/runtime.ts'
import { systemActor } from '../../../kernel/ctx.ts'
import { engineClient } from './engine-client.ts'
import { exchange, type Exchange } from './exchange.ts'
import { funasrRecogniser } from '../transcripts/funasr-recogniser.ts'
import { listenLive } from '../transcripts/listen-live.ts'
import { recognise } from '../transcripts/recognise.ts'
import { placeOfExchange } from './place-of-exchange.ts'
import { publisher } from './publish.ts'
import { readPosition, storeEvents } from './store-events.ts'

/** One exchange per installation. */
const EXCHANGE = 'main'
const PUBLISH_MS = 1000

export async function startExchange({ config, runtime, behind }: Running): Promise<{ stop(): Promise<void> }> {
  const { speechUrl } = config
  if (speechUrl) recognise.add(() => funasrRecogniser(speechUrl))
  if (!config.services.has('web') && !config.services.has('worker')) return { stop: async () => undefined }
  const { log } = runtime
  const live = new Map<string, LiveState>()
  const locate = () => placeOfExchange(config.dataDir)
  const web = (url: string): string => url.replace(/^ws/, 'http')
  const reach = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const place = await locate()
    if (!place) throw new Error('exchange unreachable')
    const answer = await fetch(`${web(place.url)}${path}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${place.token}` } })
    if (!answer.ok) throw new Error(`the exchange answers ${answer.status} for ${path}`)
    return answer
  }
  const listening = listenLive({ runtime: behind, locate, log })
  const client = engineClient({
    async locate() {
      const place = await locate()
      return place && { url: `${place.url}/engine`, token: place.token }
    },
    server: `${hostname()}-${process.pid}`,
    events: config.services.has('worker'),
    position: () => runQuery(behind, { actor: systemActor('00000000-0000-0000-0000-000000000000'), requestId: 'exchange' }, (ctx) => readPosition(ctx, EXCHANGE)),
    store: (events) => storeEvents(behind, EXCHANGE, events),
    welcomed: (welcome) => publish?.welcomed(welcome.policies, welcome.deployment),
    live(tenant, state) {
      live.set(tenant, state)
      listening.follow(tenant, state)
      runtime.hint(tenant, 'telephony.live')
    },
    lease: (held) => listening.mine(held),
    log,
  })
  const port: Exchange = {
    command: (command) => client.send(command),
    live: (tenant) => live.get(tenant) ?? null,
    connected: () => client.connected(),
    async ticket(claims) {
      const place = await locate()
      if (!place) throw new Error('exchange unreachable')
      return { ticket: await signTicket(place.token, claims), url: `${place.desks}/softphone` }
    },
    async putFile(sha256, alaw) {
      await reach(`/files/${sha256}`, { method: 'PUT', body: new Uint8Array(alaw) })
    },
    async recording(id) {
      const { body } = await reach(`/recordings/${id}`)
      if (!body) throw new Error(`recording ${id} has no content`)
      return body
    },
  }
  exchange.port = port
  const publish = config.services.has('worker') ? publisher(behind, port) : null
  let running: Promise<void> = Promise.resolve()
  const timer = publish && setInterval(() => {
    if (client.connected()) running = running.then(() => publish.run()).catch((error: unknown) => log.warn({ err: error }, 'the policy is not published; tried again'))
  }, PUBLISH_MS)
  timer?.unref()
  return {
    async stop() {
      if (timer) clearInterval(timer)
      await running
      await client.stop()
      await listening.stop()
      if (exchange.port === port) exchange.port = null
    },
  }
}
