// The event socket of FreeSWITCH, inbound mode: sign in, commands one after another, events as JSON. Comes back by itself.
import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export type EslEvent = Readonly<Record<string, string>>
export type EslOptions = { host: string; port: number; password: string; events: readonly string[]; onEvent: (event: EslEvent) => void; onUp: () => void; onDown: (reason: string) => void }
export type Esl = { /** The answer of an api command, trimmed; `-ERR …` where it failed or nobody is connected. */ api: (command: string) => Promise<string>; /** The same in the background: other commands do not wait for its answer. */ background: (command: string) => Promise<string>; connected: () => boolean; close: () => void }

const LAST_WAIT_MS = 15_000
/** A body is an event or an answer; more than this is neither. */
const MOST_BYTES = 4_000_000

type Frame = { headers: Record<string, string>; body: string }

/** Frames of a stream: headers, an empty line, as many bytes as `Content-Length` says. Never throws; null: not the protocol. */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => boolean {
  let held = Buffer.alloc(0)
  return (chunk) => {
    held = Buffer.concat([held, chunk])
    for (;;) {
      const end = held.indexOf('\n\n')
      if (end < 0) return held.length <= MOST_BYTES
      const headers: Record<string, string> = {}
      for (const line of held.subarray(0, end).toString('utf8').split('\n')) {
        const colon = line.indexOf(':')
        if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
      }
      const length = Number(headers['Content-Length'] ?? 0)
      if (!Number.isInteger(length) || length < 0 || length > MOST_BYTES) return false
      if (held.length < end + 2 + length) return true
      const body = held.subarray(end + 2, end + 2 + length).toString('utf8')
      held = held.subarray(end + 2 + length)
      onFrame({ headers, body })
    }
  }
}

function readEvent(body: string): EslEvent | null {
  try {
    const read: unknown = JSON.parse(body)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
    return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, String(value)]))
  } catch {
    return null
  }
}

export function openEsl(options: EslOptions): Esl {
  let socket: Socket | null = null
  let signedIn = false
  let closed = false
  let wait = 500
  let timer: NodeJS.Timeout | undefined
  const jobs = new Map<string, (answer: string) => void>()
  // Answers come in the order of the commands.
  let waiting: ((answer: string) => void)[] = []

  const say = (line: string, answered: (answer: string) => void): void => {
    waiting.push(answered)
    socket?.write(`${line}\n\n`)
  }
  const down = (reason: string): void => {
    const was = signedIn
    signedIn = false
    for (const answered of [...waiting.splice(0), ...jobs.values()]) answered('-ERR not connected')
    jobs.clear()
    socket?.destroy()
    socket = null
    if (was) options.onDown(reason)
    if (closed) return
    timer = setTimeout(open, wait)
    wait = Math.min(LAST_WAIT_MS, wait * 2)
  }
  const endJob = (event: EslEvent): void => {
    const job = event['Job-UUID'] ?? ''
    const answered = jobs.get(job)
    jobs.delete(job)
    answered?.((event['_body'] ?? '').trim())
  }
  const got = ({ headers, body }: Frame): void => {
    switch (headers['Content-Type']) {
      case 'auth/request':
        return say(`auth ${options.password}`, (answer) => {
          if (!answer.startsWith('+OK')) return down('the event socket refused the password')
          say(`event json BACKGROUND_JOB ${options.events.join(' ')}`, () => {
            signedIn = true
            wait = 500
            options.onUp()
          })
        })
      case 'command/reply': return waiting.shift()?.(headers['Reply-Text'] ?? '')
      case 'api/response': return waiting.shift()?.(body.trim())
      case 'text/event-json': {
        const event = readEvent(body)
        if (event?.['Event-Name'] === 'BACKGROUND_JOB') return endJob(event)
        if (event) options.onEvent(event)
        return
      }
      case 'text/disconnect-notice': return down('FreeSWITCH ended the event socket')
      default:
    }
  }
  function open(): void {
    waiting = []
    const mine = connect({ host: options.host, port: options.port })
    socket = mine
    const read = frameReader(got)
    let over = false
    const end = (reason: string): void => {
      if (over || socket !== mine) return
      over = true
      down(reason)
    }
    mine.on('data', (chunk) => { if (!read(chunk)) end('the event socket speaks something else') })
    mine.on('error', (error) => end(error.message)).on('close', () => end('the event socket was closed'))
  }
  open()
  return {
    api: (command) => new Promise((resolve) => {
      // A line break would begin another command.
      if (!signedIn || /[\r\n]/.test(command)) return resolve('-ERR not connected')
      say(`api ${command}`, resolve)
    }),
    background: (command) => new Promise((resolve) => {
      if (!signedIn || /[\r\n]/.test(command)) return resolve('-ERR not connected')
      const job = randomUUID()
      jobs.set(job, resolve)
      say(`bgapi ${command}\nJob-UUID: ${job}`, (answer) => { if (!answer.startsWith('+OK')) { jobs.delete(job); resolve(answer) } })
    }),
    connected: () => signedIn,
    close() {
      closed = true
      clearTimeout(timer)
      down('closed')
    },
  }
}
