// The event socket of FreeSWITCH as far as media speaks it: a double of the protocol, not of its sound. What it proves is ours, never FreeSWITCH.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

type Channel = { answered: boolean; ours: boolean }
export type FreeSwitchDouble = {
  port: number
  commands: string[]
  /** What a dialled number does. */
  behave: 'answers' | 'busy' | 'silent'
  incoming(from: string, to: string, more?: Record<string, string>): string
  hangUp(channel: string, cause?: string): void
  press(channel: string, digit: string): void
  event(event: Record<string, string>): void
  /** Bytes that are no protocol. */
  babble(bytes: string): void
  cut(): void
  stop(): Promise<void>
}

export async function freeSwitchDouble(password: string): Promise<FreeSwitchDouble> {
  const channels = new Map<string, Channel>()
  const sockets = new Set<Socket>()
  const signedIn = new Set<Socket>()
  const playing = new Map<string, string>()
  const double: FreeSwitchDouble = {
    port: 0, commands: [], behave: 'answers',
    incoming(from, to, more = {}) {
      const id = randomUUID()
      channels.set(id, { answered: false, ours: false })
      event({ 'Event-Name': 'CHANNEL_PARK', 'Unique-ID': id, 'Call-Direction': 'inbound', 'Caller-Caller-ID-Number': from, 'Caller-Destination-Number': to, variable_sip_network_ip: '127.0.0.1', variable_sip_gateway_name: 'line', variable_sip_call_id: id, ...more })
      return id
    },
    hangUp: (channel, cause = 'NORMAL_CLEARING') => gone(channel, cause),
    press: (channel, digit) => event({ 'Event-Name': 'DTMF', 'Unique-ID': channel, 'DTMF-Digit': digit }),
    event: (one) => event(one),
    babble: (bytes) => { for (const socket of sockets) socket.write(bytes) },
    cut: () => { for (const socket of sockets) socket.destroy() },
    stop: () => new Promise((resolve) => { for (const socket of sockets) socket.destroy(); server.close(() => resolve()) }),
  }

  function event(one: Record<string, string>): void {
    const body = JSON.stringify(one)
    for (const socket of signedIn) socket.write(`Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-json\n\n${body}`)
  }
  function gone(id: string, cause: string, status?: string): void {
    if (!channels.delete(id)) return
    event({ 'Event-Name': 'CHANNEL_HANGUP_COMPLETE', 'Unique-ID': id, 'Hangup-Cause': cause, ...(status ? { variable_sip_invite_failure_status: status } : {}) })
  }
  const ok = '+OK'
  const missing = '-ERR No such channel!'

  function run(command: string, answer: (text: string) => void): void {
    double.commands.push(command)
    const [verb = '', ...rest] = command.split(' ')
    const id = rest[0] ?? ''
    if (verb === 'uuid_exists') return answer(channels.has(id) ? 'true' : 'false')
    if (verb === 'originate') {
      const leg = /origination_uuid=([^,}]+)/.exec(command)?.[1] ?? ''
      channels.set(leg, { answered: false, ours: true })
      if (double.behave === 'busy') { gone(leg, 'USER_BUSY', '486'); return answer('-ERR USER_BUSY') }
      event({ 'Event-Name': 'CHANNEL_PROGRESS', 'Unique-ID': leg })
      if (double.behave === 'silent') return
      setTimeout(() => {
        const channel = channels.get(leg)
        if (!channel) return
        channel.answered = true
        event({ 'Event-Name': 'CHANNEL_ANSWER', 'Unique-ID': leg, 'Channel-Read-Codec-Name': 'PCMA' })
        answer(`+OK ${leg}`)
      }, 20)
      return
    }
    if (verb === 'conference') return answer(ok)
    const channel = channels.get(id)
    if (!channel) return answer(missing)
    answer(ok)
    switch (verb) {
      case 'uuid_answer': channel.answered = true; return event({ 'Event-Name': 'CHANNEL_ANSWER', 'Unique-ID': id, 'Channel-Read-Codec-Name': 'PCMA' })
      case 'uuid_kill': return gone(id, rest[1] ?? 'NORMAL_CLEARING')
      case 'uuid_broadcast':
        playing.set(id, rest[1] ?? '')
        if (!(rest[1] ?? '').startsWith('endless')) setTimeout(() => { if (playing.delete(id)) event({ 'Event-Name': 'PLAYBACK_STOP', 'Unique-ID': id, 'Playback-Status': 'done' }) }, 20)
        return
      case 'uuid_break': if (playing.delete(id)) event({ 'Event-Name': 'PLAYBACK_STOP', 'Unique-ID': id, 'Playback-Status': 'break' }); return
      case 'uuid_record': {
        if (rest[1] === 'start') { writeFileSync(rest[2] ?? '', Buffer.alloc(64)); return event({ 'Event-Name': 'RECORD_START', 'Unique-ID': id, 'Record-File-Path': rest[2] ?? '' }) }
        if (rest[1] === 'stop') return event({ 'Event-Name': 'RECORD_STOP', 'Unique-ID': id, 'Record-File-Path': rest[2] ?? '', variable_record_ms: '1000' })
        return
      }
      case 'uuid_transfer': if (rest[1]?.startsWith('conference:')) event({ 'Event-Name': 'CUSTOM', 'Event-Subclass': 'conference::maintenance', Action: 'add-member', 'Unique-ID': id, 'Conference-Name': rest[1].slice(11).split('@')[0] ?? '', 'Member-ID': String(channels.size * 100 + double.commands.length) }); return
      default:
    }
  }

  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => { sockets.delete(socket); signedIn.delete(socket) }).on('error', () => undefined)
    socket.write('Content-Type: auth/request\n\n')
    let held = ''
    socket.on('data', (chunk) => {
      held += chunk.toString('utf8')
      for (let end = held.indexOf('\n\n'); end >= 0; end = held.indexOf('\n\n')) {
        const [line = '', ...headers] = held.slice(0, end).split('\n')
        held = held.slice(end + 2)
        const reply = (text: string): void => void socket.write(`Content-Type: command/reply\nReply-Text: ${text}\n\n`)
        if (line.startsWith('auth ')) reply(line === `auth ${password}` ? '+OK accepted' : '-ERR invalid')
        else if (line.startsWith('event ')) { signedIn.add(socket); reply('+OK event listener enabled json') }
        else if (line.startsWith('bgapi ')) {
          const job = headers.find((h) => h.startsWith('Job-UUID: '))?.slice(10) ?? ''
          reply(`+OK Job-UUID: ${job}`)
          run(line.slice(6), (text) => event({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': job, _body: `${text}\n` }))
        } else if (line.startsWith('api ')) run(line.slice(4), (text) => void socket.write(`Content-Type: api/response\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`))
      }
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()) })
  double.port = (server.address() as AddressInfo).port // a listening TCP server has one
  return double
}
