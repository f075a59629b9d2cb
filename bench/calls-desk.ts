// The exchange's media in a process of its own with the least control that a bench needs. Words on stdin: `figures`, `stop`; a line of JSON each on stdout.
import { createInterface } from 'node:readline'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createMedia } from '../switch/src/media/index.ts'
import type { MediaHappening, MediaOrder } from '../switch/src/media-port.ts'
import { trunk } from '../switch/test/desk.ts'
import { DIGITS, rowOf } from './digit-rows.ts'

type Plan = { mode: 'ivr' | 'bridged' | 'digits'; farPort: number; earPort: number; sipPort: number; folder: string; rows: number }

const plan = JSON.parse(process.argv[2] ?? '{}') as Plan
mkdirSync(join(plan.folder, 'prompts'), { recursive: true })
const media = createMedia({ address: '127.0.0.1', sipPort: plan.sipPort, rtpPorts: { from: 40_000, to: 59_999 }, spool: join(plan.folder, 'spool'), prompts: join(plan.folder, 'prompts') }, (level, text, data) => level === 'info' || process.stderr.write(`${level} ${text} ${JSON.stringify(data ?? {})}\n`))
const order = (one: MediaOrder): void => media.order(one)
const counts = { sequences: 0, right: 0 }
const calls = new Map<string, { to: string; other: string | null; digits: string; row: number }>()

function ended(leg: string): void {
  const call = calls.get(leg)
  calls.delete(leg)
  if (!call?.other) return
  order({ kind: 'stopRecording', recording: leg.startsWith('far-') ? leg.slice(4) : leg })
  if (calls.has(call.other)) order({ kind: 'hangUp', leg: call.other, cause: 'normal' })
}

function answered(leg: string): void {
  const call = calls.get(leg)
  if (!call) return
  if (plan.mode === 'ivr') return order({ kind: 'play', leg, play: leg, sounds: [{ kind: 'file', file: 'shipped/welcome' }], times: 0, mode: 'replace' })
  if (plan.mode === 'digits') return order({ kind: 'collect', leg, on: true, secret: false })
  if (leg.startsWith('far-')) {
    const near = leg.slice(4)
    order({ kind: 'stopPlaying', leg: near })
    order({ kind: 'record', recording: near, call: near, left: [near], right: [leg] })
    return order({ kind: 'mix', room: near, members: [{ leg: near, hears: [leg] }, { leg, hears: [near] }] })
  }
  // A moment in the queue with music, then the called line.
  order({ kind: 'play', leg, play: leg, sounds: [{ kind: 'file', file: 'shipped/music' }], times: 0, mode: 'replace' })
  call.other = `far-${leg}`
  calls.set(call.other, { to: '', other: leg, digits: '', row: 0 })
  order({ kind: 'originate', leg: call.other, target: { kind: 'number', number: '57000', trunks: [call.to === '555' ? 'ear' : 'far'] }, from: { number: '12345' }, ringMs: 10_000 })
}

function digit(leg: string, one: string): void {
  const call = calls.get(leg)
  if (!call) return
  call.digits += one
  if (call.digits.length < DIGITS) return
  counts.sequences++
  if (call.digits === rowOf(Number(call.to.slice(4)), call.row)) counts.right++
  call.digits = ''
  call.row++
  order({ kind: 'play', leg, play: `${leg}/${call.row}`, sounds: [{ kind: 'tone', tone: 'beep' }], times: 1, mode: 'replace' })
  if (call.row >= plan.rows) setTimeout(() => order({ kind: 'hangUp', leg, cause: 'normal' }), 600)
}

const reactions: { [K in MediaHappening['kind']]?: (happening: Extract<MediaHappening, { kind: K }>) => void } = {
  incoming: ({ leg, to }) => {
    calls.set(leg, { to, other: null, digits: '', row: 0 })
    order({ kind: 'answer', leg })
  },
  answered: ({ leg }) => answered(leg),
  digit: ({ leg, digit: one }) => digit(leg, one),
  ended: ({ leg, cause }) => {
    if (cause !== 'normal') process.stderr.write(`ended ${cause}\n`)
    ended(leg)
  },
}
await media.start({ tell: (happening) => (reactions[happening.kind] as ((one: MediaHappening) => void) | undefined)?.(happening), frames: () => {} })
const line = (id: string, port: number) => trunk(id, port, { channels: 5000 })
order({ kind: 'configure', lines: { trunks: [line('far', plan.farPort), line('ear', plan.earPort)], users: [] } })
process.stdout.write('ready\n')

const figures = (): string => JSON.stringify({ ...media.figures(), ...counts, rss_mb: Math.round(process.memoryUsage().rss / 2 ** 20) })
for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'figures') process.stdout.write(`${figures()}\n`)
  if (word !== 'stop') continue
  await new Promise((resolve) => setTimeout(resolve, 1500)) // the last second's figures come in
  const last = figures()
  await media.stop()
  process.stdout.write(`${last}\n`)
  break
}
process.exit(0)
