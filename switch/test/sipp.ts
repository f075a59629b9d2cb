// SIPp as caller, line or telephone: runs a scenario and says how it went. Media goes to a probe of ours, whose port the scenario names.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** SIPp is Debian's `sip-tester`; tests without it are skipped with this line. */
export const hasSipp = (process.env.MINSHENG_SIPP !== 'off') && !spawnSync('sipp', ['-v']).error
export const sippMissing = 'SIPp (Debian package sip-tester) is not installed: SIP scenarios are skipped'

/** A file of speech-like sound (raw A-law) for callers to say. */
export const SPEECH = join(import.meta.dirname, '../prompts/shipped/music.alaw')

export type SippRun = { code: number | null; stdout: string; messages: string; errors: string; stats: Record<string, string> }
export type SippOptions = {
  scenario: string
  /** Whom to call; without it SIPp waits for calls. */
  target?: string
  port: number
  calls?: number
  /** Calls a second, and at most so many at once. */
  rate?: number
  limit?: number
  keys?: Record<string, string>
  timeoutS?: number
  /** Keeps every message for `messages`; costs time in load runs. */
  trace?: boolean
  transport?: 'u1' | 't1'
  args?: string[]
}

export function startSipp(options: SippOptions): { child: ChildProcess; done: Promise<SippRun> } {
  const folder = mkdtempSync(join(tmpdir(), 'sipp-'))
  const scenario = join(folder, 'scenario.xml')
  writeFileSync(scenario, options.scenario)
  const calls = options.calls ?? 1
  const args = [
    ...(options.target ? [options.target] : []), '-sf', scenario, '-i', '127.0.0.1', '-p', String(options.port), '-m', String(calls), '-r', String(options.rate ?? 10), '-l', String(options.limit ?? 2000), '-nostdin', '-timeout', `${options.timeoutS ?? 60}s`, '-timeout_error', '-t', options.transport ?? 'u1',
    ...(options.trace === false ? [] : ['-trace_msg', '-message_file', join(folder, 'messages.log')]), '-trace_err', '-error_file', join(folder, 'errors.log'), '-trace_stat', '-stf', join(folder, 'stat.csv'), '-fd', '1',
    ...Object.entries(options.keys ?? {}).flatMap(([key, value]) => ['-key', key, value]), ...(options.args ?? []),
  ]
  const child = spawn('sipp', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (stdout = (stdout + chunk.toString('latin1')).slice(-20_000)))
  const read = (name: string): string => {
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch {
      return ''
    }
  }
  const done = new Promise<SippRun>((resolve) => {
    child.on('close', (code) => {
      const [head = '', ...rows] = read('stat.csv').trim().split('\n')
      const last = rows.at(-1)?.split(';') ?? []
      const stats = Object.fromEntries(head.split(';').map((name, i) => [name, last[i] ?? '']))
      const run = { code, stdout, messages: read('messages.log'), errors: read('errors.log'), stats }
      rmSync(folder, { recursive: true, force: true })
      resolve(run)
    })
  })
  return { child, done }
}

export const runSipp = (options: SippOptions): Promise<SippRun> => startSipp(options).done

// Pieces of scenarios. SIPp's own words are in [brackets]; keys are given with `keys`.

const sdp = (codecs: string, extra = ''): string => `v=0
o=user1 53655765 2353687637 IN IP4 [local_ip]
s=-
c=IN IP4 [local_ip]
t=0 0
m=audio [probe_port] RTP/AVP ${codecs}
a=rtpmap:8 PCMA/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
${extra}`

const scenario = (name: string, steps: string): string => `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE scenario SYSTEM "sipp.dtd"><scenario name="${name}">${steps}</scenario>`

export type CallerOptions = { codecs?: string; talkMs?: number; extraSdp?: string; middle?: string; hangUp?: 'us' | 'them'; headers?: string; from?: string }

const common = (method: string, seq: number, toTag: boolean): string => `
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: "caller" <sip:[caller]@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]
To: <sip:[called]@[remote_ip]:[remote_port]>${toTag ? '[peer_tag_param]' : ''}
Call-ID: [call_id]
CSeq: ${seq} ${method}
Contact: <sip:[caller]@[local_ip]:[local_port]>
Max-Forwards: 70`

export const request = (method: string, seq: number, body = '', headers = ''): string => `<send${method === 'ACK' ? '' : ' retrans="500"'}><![CDATA[
${method} [next_url] SIP/2.0${common(method, seq, true)}
[routes]
${headers ? `${headers}\n` : ''}${body ? 'Content-Type: application/sdp\n' : ''}Content-Length: [len]

${body}]]></send>`

/** A caller: INVITE, answer, ACK, talk, BYE (or the other's BYE). Response time 1 is INVITE to 200. */
export function caller({ codecs = '8 101', talkMs = 1000, extraSdp = '', middle = '', hangUp = 'us', headers = '' }: CallerOptions = {}): string {
  return scenario('caller', `<send retrans="500" start_rtd="1"><![CDATA[
INVITE sip:[called]@[remote_ip]:[remote_port] SIP/2.0${common('INVITE', 1, false)}
${headers ? `${headers}\n` : ''}Content-Type: application/sdp
Content-Length: [len]

${sdp(codecs, extraSdp)}]]></send>
<recv response="100" optional="true"></recv><recv response="180" optional="true"></recv><recv response="183" optional="true"></recv>
<recv response="200" rtd="1" rrs="true"></recv>
${request('ACK', 1)}
<pause milliseconds="${talkMs}"/>
${middle}
${hangUp === 'us' ? `${request('BYE', 9)}<recv response="200"></recv>` : `<recv request="BYE"></recv>${answerTo('200')}`}`)
}

export const reinvite = (seq: number, extraSdp: string): string => `${request('INVITE', seq, sdp('8 101', extraSdp))}<recv response="100" optional="true"></recv><recv response="200"></recv>${request('ACK', seq)}`
export const info = (seq: number, digit: string): string => `<send retrans="500"><![CDATA[
INFO [next_url] SIP/2.0${common('INFO', seq, true)}
Content-Type: application/dtmf-relay
Content-Length: [len]

Signal=${digit}
Duration=160
]]></send><recv response="200"></recv>`

export const answerTo = (status: string, withSdp = false): string => `<send><![CDATA[
SIP/2.0 ${status} OK
[last_Via:]
[last_From:]
[last_To:];tag=[pid]called[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
${withSdp ? `Content-Type: application/sdp\nContent-Length: [len]\n\n${sdp('8 101')}` : 'Content-Length: 0\n\n'}]]></send>`

const again = answerTo('200', true).replace(';tag=[pid]called[call_number]', '')
/** Stays in the call whatever the other side does: takes re-INVITEs and questions, hangs up after so long without any. `sound`: a file of raw A-law to speak. */
export function staying({ talkMs, sound }: { talkMs: number; sound?: string }): string {
  const speaking = sound ? `<nop><action><exec rtp_stream="${sound},-1,8"/></action></nop>` : ''
  const stay = `${speaking}<label id="1"/><recv request="INVITE" optional="true" next="2"></recv><recv request="OPTIONS" optional="true" next="3"></recv><recv request="BYE" timeout="${talkMs}" ontimeout="4"></recv>${answerTo('200').replace(';tag=[pid]called[call_number]', '')}<nop next="5"></nop>
<label id="2"/>${again}<recv request="ACK" next="1"></recv>
<label id="3"/>${answerTo('200').replace(';tag=[pid]called[call_number]', '')}<nop next="1"></nop>
<label id="4"/>`
  const whole = caller({ talkMs: 0, middle: stay }).replace('<pause milliseconds="0"/>', '').replace('</scenario>', '<label id="5"/></scenario>')
  return sound ? whole.replaceAll('[probe_port]', '[rtpstream_audio_port]') : whole
}

/** A called side: rings, answers after a while, waits for BYE; with `talkMs` it hangs up itself (SIPp then needs the target, to send to). */
export function called({ ringMs = 50, early = '180', talkMs }: { ringMs?: number; early?: '180' | '183'; talkMs?: number } = {}): string {
  const end = talkMs === undefined ? `<recv request="BYE"></recv>${answerTo('200')}` : `<pause milliseconds="${talkMs}"/>${fromCalled('BYE', 2)}<recv response="200"></recv>`
  return scenario('called', `<recv request="INVITE" rrs="true">${talkMs === undefined ? '' : keepEnds}</recv>${early === '180' ? answerTo('180') : answerTo('183', true)}<pause milliseconds="${ringMs}"/>${answerTo('200', true)}<recv request="ACK"></recv>${end}`)
}

/** SIPp, being called, sends requests of its own back to where the INVITE came from: its ends are kept by this action of the INVITE. */
export const keepEnds = '<action><ereg regexp=".*" search_in="hdr" header="From:" assign_to="from"/><ereg regexp="[^;]*" search_in="hdr" header="To:" assign_to="to"/></action>'
export const fromCalled = (method: string, seq: number, headers = ''): string => request(method, seq, '', headers).replace(/From: .*\nTo: .*\n/, 'From: [$to];tag=[pid]called[call_number]\nTo: [$from]\n').replace('[next_url]', 'sip:[remote_ip]:[remote_port]')

/** A called side that refuses. */
export const refusing = (status: string): string => scenario('refusing', `<recv request="INVITE"></recv>${answerTo(status)}<recv request="ACK"></recv>`)

/** A caller that gives up while it rings. */
export const givingUp = (ringMs: number): string => scenario('giving up', `<send retrans="500"><![CDATA[
INVITE sip:[called]@[remote_ip]:[remote_port] SIP/2.0${common('INVITE', 1, false)}
Content-Type: application/sdp
Content-Length: [len]

${sdp('8 101')}]]></send><recv response="100" optional="true"></recv><recv response="180"></recv><pause milliseconds="${ringMs}"/>
<send retrans="500"><![CDATA[
CANCEL sip:[called]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: "caller" <sip:[caller]@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]
To: <sip:[called]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 CANCEL
Max-Forwards: 70
Content-Length: 0

]]></send><recv response="200"></recv><recv response="487"></recv>
<send><![CDATA[
ACK sip:[called]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: "caller" <sip:[caller]@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>`)

/** One request, one final answer of that status. */
export function expecting(status: number, codecs = '8 101'): string {
  return scenario('expecting', `<send retrans="500"><![CDATA[
INVITE sip:[called]@[remote_ip]:[remote_port] SIP/2.0${common('INVITE', 1, false)}
Content-Type: application/sdp
Content-Length: [len]

${sdp(codecs)}]]></send><recv response="100" optional="true"></recv><recv response="${status}"></recv>
<send><![CDATA[
ACK sip:[called]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: "caller" <sip:[caller]@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>`)
}

/** A telephone that registers with digest and, if it likes, leaves again. */
export function registering(realm: string, name: string, secret: string, status = 200): string {
  const register = (seq: number, authorised: boolean): string => `<send retrans="500"><![CDATA[
REGISTER sip:${realm} SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${name}@${realm}>;tag=[pid]reg[call_number]
To: <sip:${name}@${realm}>
Call-ID: [call_id]
CSeq: ${seq} REGISTER
Contact: <sip:${name}@[local_ip]:[local_port]>
Expires: 120
Max-Forwards: 70
${authorised ? `[authentication username=${name} password=${secret}]\n` : ''}Content-Length: 0

]]></send>`
  return scenario('registering', `${register(1, false)}<recv response="401" auth="true"></recv>${register(2, true)}<recv response="${status}"></recv>`)
}
