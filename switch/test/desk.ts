// Native media with a tiny control in a test's hands: orders as they are, and happenings to wait for.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMedia } from '../src/media/index.ts'
import type { MediaHappening, MediaOptions, MediaLines, MediaOrder, MediaPort, MediaTrunk, TapFrame } from '../src/media-port.ts'

type Kind = MediaHappening['kind']
type Of<K extends Kind> = Extract<MediaHappening, { kind: K }>

export type Desk = Awaited<ReturnType<typeof openDesk>>

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
}

export const trunk = (id: string, port: number, more: Partial<MediaTrunk> = {}): MediaTrunk => ({ id, transport: 'udp', host: '127.0.0.1', port, register: false, accept: [], codecs: ['PCMA', 'PCMU'], channels: 500, probeSeconds: 0, ...more })

export async function openDesk(lines: MediaLines, more: { rtp?: { from: number; to: number }; folder?: string; sipPort?: number; tls?: MediaOptions['tls'] } = {}) {
  const folder = more.folder ?? mkdtempSync(join(tmpdir(), 'exchange-'))
  const sipPort = more.sipPort ?? (await freePort())
  const happened: MediaHappening[] = []
  const frames: TapFrame[] = []
  const logs: { level: string; text: string; data?: Record<string, unknown> | undefined }[] = []
  const waiting = new Set<() => void>()
  let react: ((happening: MediaHappening, order: (order: MediaOrder) => void) => void) | null = null
  const media: MediaPort = createMedia({ address: '127.0.0.1', sipPort, ...(more.tls ? { tls: more.tls } : {}), rtpPorts: more.rtp ?? { from: 24_000, to: 25_999 }, spool: join(folder, 'spool'), prompts: join(folder, 'prompts') }, (level, text, data) => logs.push({ level, text, data }))
  const order = (one: MediaOrder): void => media.order(one)
  await media.start({
    tell(happening) {
      happened.push(happening)
      react?.(happening, order)
      for (const check of [...waiting]) check()
    },
    frames: (frame) => frames.push(frame),
  })
  order({ kind: 'configure', lines })

  return {
    media,
    folder,
    sipPort,
    target: `127.0.0.1:${sipPort}`,
    happened,
    frames,
    logs,
    order,
    /** What a control of this test does by itself. */
    set react(reaction: typeof react) {
      react = reaction
    },
    /** The first happening of a kind that fits, past or to come. */
    when<K extends Kind>(kind: K, fits: (happening: Of<K>) => boolean = () => true, withinMs = 15_000): Promise<Of<K>> {
      const find = (): Of<K> | undefined => happened.find((one): one is Of<K> => one.kind === kind && fits(one as Of<K>))
      return new Promise((resolve, reject) => {
        const check = (): void => {
          const found = find()
          if (!found) return
          waiting.delete(check)
          clearTimeout(timer)
          resolve(found)
        }
        const timer = setTimeout(() => {
          waiting.delete(check)
          reject(new Error(`no ${kind} within ${withinMs} ms; happened: ${JSON.stringify(happened.slice(-20))}; logs: ${JSON.stringify(logs.slice(-10))}`))
        }, withinMs)
        waiting.add(check)
        check()
      })
    },
    async close(keep = false): Promise<void> {
      await media.stop()
      if (!keep) rmSync(folder, { recursive: true, force: true })
    },
  }
}
