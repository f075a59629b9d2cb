// SIP messages as data: reading from bytes and writing to bytes. Reading never throws, whatever arrives.
import { isToken, parseAddress, parseHostPort, parseParams, parseUri, formatHost, formatParams, splitOutside, type Address, type Params, type SipUri } from './grammar.ts'

/** Names are kept long and in lower case; order and repetition as on the wire. */
export type Header = readonly [name: string, value: string]
export type SipRequest = { kind: 'request'; method: string; uri: string; headers: Header[]; body: Buffer }
export type SipResponse = { kind: 'response'; status: number; reason: string; headers: Header[]; body: Buffer }
export type SipMessage = SipRequest | SipResponse

export type Parsed =
  | { ok: true; message: SipMessage }
  /** `answer`: a request good enough to be told `status`; otherwise it is dropped. */
  | { ok: false; reason: string; status: number; answer: SipRequest | null }

export type Via = { transport: string; host: string; port: number | null; params: Params }
export type CSeq = { number: number; method: string }

const MOST_HEADERS = 256
const LONGEST_LINE = 8192

const COMPACT: Readonly<Record<string, string>> = {
  a: 'accept-contact', b: 'referred-by', c: 'content-type', d: 'request-disposition', e: 'content-encoding', f: 'from', i: 'call-id', j: 'reject-contact', k: 'supported',
  l: 'content-length', m: 'contact', n: 'identity-info', o: 'event', r: 'refer-to', s: 'subject', t: 'to', u: 'allow-events', v: 'via', x: 'session-expires', y: 'identity',
}
/** The customary spelling; other names are written with each word's first letter large. */
const SPELLING: Readonly<Record<string, string>> = { 'call-id': 'Call-ID', cseq: 'CSeq', 'www-authenticate': 'WWW-Authenticate', 'mime-version': 'MIME-Version', rack: 'RAck', rseq: 'RSeq', 'min-se': 'Min-SE', 'sip-etag': 'SIP-ETag' }

/** Reads one message that ends with the buffer (UDP) or was framed by its Content-Length (TCP). */
export function parseMessage(bytes: Buffer): Parsed {
  const head = readHead(bytes)
  if ('reason' in head) return { ok: false, reason: head.reason, status: 400, answer: null }
  const { lines, bodyAt } = head
  const first = lines[0] ?? ''
  const headers: Header[] = []
  let broken: string | null = lines.length > MOST_HEADERS ? 'too many headers' : null
  for (const line of lines.slice(1, MOST_HEADERS + 1)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (colon < 0 || !isToken(name)) broken ??= 'a header without a name'
    else headers.push([COMPACT[name] ?? name, line.slice(colon + 1).trim()])
  }
  const length = contentLength(headers)
  const rest = bytes.subarray(bodyAt)
  if (length !== null && (Number.isNaN(length) || length > rest.length)) broken ??= 'Content-Length does not fit'
  const body = length === null || Number.isNaN(length) ? rest : rest.subarray(0, length)
  if (/^SIP\//i.test(first)) return parseStatus(first, headers, body, broken)
  return parseRequest(first, headers, body, broken)
}

function readHead(bytes: Buffer): { lines: string[]; bodyAt: number } | { reason: string } {
  let start = 0
  while (start < bytes.length && (bytes[start] === 13 || bytes[start] === 10)) start++
  let end = bytes.indexOf('\r\n\r\n', start)
  let bodyAt = end + 4
  if (end < 0) {
    end = bytes.indexOf('\n\n', start)
    bodyAt = end + 2
  }
  if (end < 0) {
    // Without an empty line nothing follows the headers; UDP peers have sent such.
    end = bytes.length
    bodyAt = end
  }
  if (end - start < 12) return { reason: 'too short' }
  const text = bytes.toString('utf8', start, end)
  const lines = text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/).filter((line, i) => i === 0 || line !== '')
  if (lines.some((line) => line.length > LONGEST_LINE)) return { reason: 'a line is too long' }
  return { lines, bodyAt }
}

function contentLength(headers: readonly Header[]): number | null {
  const values = headers.filter(([name]) => name === 'content-length').map(([, value]) => value)
  const [value] = values
  if (value === undefined) return null
  return /^\d{1,9}$/.test(value) && values.every((other) => other === value) ? Number(value) : Number.NaN
}

function parseStatus(first: string, headers: Header[], body: Buffer, broken: string | null): Parsed {
  const match = /^SIP\/2\.0 +(\d{3})(?: (.*))?$/i.exec(first)
  const status = Number(match?.[1])
  const message: SipResponse = { kind: 'response', status, reason: match?.[2] ?? '', headers, body }
  const reason = match && status >= 100 && status <= 699 ? (broken ?? missing(message)) : 'a bad status line'
  return reason === null ? { ok: true, message } : { ok: false, reason, status: 400, answer: null }
}

function parseRequest(first: string, headers: Header[], body: Buffer, broken: string | null): Parsed {
  const match = /^(\S+)( +)(.*?)( +)SIP\/(\S*)( *)$/i.exec(first)
  const [, method = '', gap1 = '', uri = '', gap2 = '', version = '', tail = ''] = match ?? []
  if (!match || !isToken(method)) return { ok: false, reason: 'not SIP', status: 400, answer: null }
  const message: SipRequest = { kind: 'request', method, uri, headers, body }
  const answer = method !== 'ACK' && topVia(message) && header(message, 'call-id') && header(message, 'cseq') && header(message, 'from') && header(message, 'to') ? message : null
  const refuse = (status: number, reason: string): Parsed => ({ ok: false, reason, status, answer })
  if (version !== '2.0') return refuse(505, 'another version of SIP')
  if (gap1.length > 1 || gap2.length > 1 || tail !== '' || /[\s<>]/.test(uri) || uri === '') return refuse(400, 'a bad request line')
  const lacking = broken ?? missing(message)
  if (lacking !== null) return refuse(400, lacking)
  if (/^(sips?|tel):/i.test(uri)) {
    if (!parseUri(uri)) return refuse(400, 'a bad request address')
  } else if (!/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri)) return refuse(400, 'a bad request address')
  else return refuse(416, 'an address scheme that is not ours')
  const hops = header(message, 'max-forwards')
  if (hops !== undefined && !(/^\d{1,5}$/.test(hops) && Number(hops) <= 255)) return refuse(400, 'a bad Max-Forwards')
  return { ok: true, message }
}

const ONCE = ['from', 'to', 'call-id', 'cseq', 'max-forwards'] as const

/** What every message must have, once and readable; the first defect or null. */
function missing(message: SipMessage): string | null {
  for (const name of ONCE) if (headersOf(message, name).length > 1) return `${name} is given twice`
  if (!topVia(message)) return 'no readable Via'
  if (!header(message, 'call-id')) return 'no Call-ID'
  if (!addressOf(message, 'from')) return 'no readable From'
  if (!addressOf(message, 'to')) return 'no readable To'
  const cseq = cseqOf(message)
  if (!cseq) return 'no readable CSeq'
  if (message.kind === 'request' && cseq.method !== message.method) return 'CSeq names another method'
  return null
}

export function header(message: SipMessage, name: string): string | undefined {
  for (const [n, value] of message.headers) if (n === name) return value
  return undefined
}

export function headersOf(message: SipMessage, name: string): string[] {
  const values: string[] = []
  for (const [n, value] of message.headers) if (n === name) values.push(value)
  return values
}

/** Every element of a comma-separated header over all its lines. */
export function listOf(message: SipMessage, name: string): string[] {
  return headersOf(message, name).flatMap((value) => splitOutside(value, ',')).map((part) => part.trim()).filter(Boolean)
}

export const addressOf = (message: SipMessage, name: string): Address | null => parseAddress(header(message, name) ?? '')
export const addressesOf = (message: SipMessage, name: string): Address[] => listOf(message, name).map(parseAddress).filter((one) => one !== null)

export function requestUri(request: SipRequest): SipUri | null {
  return parseUri(request.uri)
}

export function cseqOf(message: SipMessage): CSeq | null {
  const match = /^(\d{1,10})\s+(\S+)$/.exec(header(message, 'cseq') ?? '')
  const number = Number(match?.[1])
  return match?.[2] && isToken(match[2]) && number < 2 ** 31 ? { number, method: match[2] } : null
}

export function topVia(message: SipMessage): Via | null {
  return parseVia(splitOutside(header(message, 'via') ?? '', ',')[0] ?? '')
}

export function parseVia(text: string): Via | null {
  const semicolon = text.indexOf(';')
  const match = /^\s*SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9-]+)\s+(.+?)\s*$/i.exec(semicolon < 0 ? text : text.slice(0, semicolon))
  const hostPort = parseHostPort(match?.[2] ?? '')
  if (!match?.[1] || !hostPort) return null
  return { transport: match[1].toLowerCase(), ...hostPort, params: semicolon < 0 ? new Map() : parseParams(text.slice(semicolon + 1)) }
}

export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport.toUpperCase()} ${formatHost(via.host)}${via.port === null ? '' : `:${via.port}`}${formatParams(via.params)}`
}

/** A copy with `name` set once, in its old place or at the end. */
export function withHeader<M extends SipMessage>(message: M, name: string, value: string): M {
  const at = message.headers.findIndex(([n]) => n === name)
  const headers = message.headers.filter(([n], i) => n !== name || i === at).map((one): Header => (one[0] === name ? [name, value] : one))
  if (at < 0) headers.push([name, value])
  return { ...message, headers }
}

export function spell(name: string): string {
  return SPELLING[name] ?? name.replaceAll(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}

/** Bytes for the wire. Content-Length is made from the body; line breaks inside values become spaces, so that no value can add a header. */
export function serialise(message: SipMessage): Buffer {
  let text = message.kind === 'request' ? `${message.method} ${message.uri} SIP/2.0\r\n` : `SIP/2.0 ${message.status} ${message.reason}\r\n`
  for (const [name, value] of message.headers) {
    if (name !== 'content-length') text += `${spell(name)}: ${/[\r\n]/.test(value) ? value.replaceAll(/[\r\n]+\s*/g, ' ') : value}\r\n`
  }
  text += `Content-Length: ${message.body.length}\r\n\r\n`
  return message.body.length === 0 ? Buffer.from(text) : Buffer.concat([Buffer.from(text), message.body])
}

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying', 180: 'Ringing', 181: 'Call Is Being Forwarded', 183: 'Session Progress', 200: 'OK', 202: 'Accepted', 302: 'Moved Temporarily', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed',
  407: 'Proxy Authentication Required', 408: 'Request Timeout', 413: 'Request Entity Too Large', 415: 'Unsupported Media Type', 416: 'Unsupported URI Scheme', 420: 'Bad Extension', 421: 'Extension Required', 422: 'Session Interval Too Small', 423: 'Interval Too Brief',
  480: 'Temporarily Unavailable', 481: 'Call/Transaction Does Not Exist', 482: 'Loop Detected', 483: 'Too Many Hops', 484: 'Address Incomplete', 486: 'Busy Here', 487: 'Request Terminated', 488: 'Not Acceptable Here', 491: 'Request Pending',
  500: 'Server Internal Error', 501: 'Not Implemented', 503: 'Service Unavailable', 504: 'Server Time-out', 505: 'Version Not Supported', 513: 'Message Too Large', 600: 'Busy Everywhere', 603: 'Decline', 604: 'Does Not Exist Anywhere', 606: 'Not Acceptable',
}

export const reasonOf = (status: number): string => REASONS[status] ?? (status < 300 ? 'OK' : 'Error')

/** A response with what RFC 3261 §8.2.6.2 copies from the request. `toTag` is added where the request had none. */
export function responseTo(request: SipRequest, status: number, toTag: string | null, headers: readonly Header[] = [], body: Buffer = Buffer.alloc(0)): SipResponse {
  const copied: Header[] = []
  for (const one of request.headers) {
    if (one[0] === 'to' && toTag !== null && status > 100 && !addressOf(request, 'to')?.params.has('tag')) copied.push(['to', `${one[1]};tag=${toTag}`])
    else if (one[0] === 'via' || one[0] === 'from' || one[0] === 'to' || one[0] === 'call-id' || one[0] === 'cseq' || (one[0] === 'record-route' && status > 100 && status < 300)) copied.push(one)
  }
  return { kind: 'response', status, reason: reasonOf(status), headers: [...copied, ...headers], body }
}
