// The pieces of RFC 3261 §25 that several headers share: lists, parameters, addresses, URIs. Nothing here throws; what cannot be read is null.

export type Params = ReadonlyMap<string, string | null>

export type SipUri = {
  scheme: 'sip' | 'sips' | 'tel'
  /** Percent-decoded; of a tel: URI the number. */
  user: string | null
  /** Lower case; IPv6 without its brackets. */
  host: string
  port: number | null
  params: Params
}

/** `"Name" <uri>;params`, the form of From, To, Contact, Route and their kin. */
export type Address = { name: string; uri: SipUri; params: Params }

/** Splits at `separator` outside quotes and angle brackets; an unclosed quote swallows the rest, as the grammar would. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let from = 0
  let quoted = false
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '<') depth++
    else if (c === '>' && depth > 0) depth--
    else if (c === separator && depth === 0) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

export const isToken = (text: string): boolean => /^[A-Za-z0-9\-.!%*_+`'~]+$/.test(text)

/** `;a=b;c` with any white space; names in lower case, quotes taken off. A parameter given twice keeps its first value. */
export function parseParams(text: string): Map<string, string | null> {
  const params = new Map<string, string | null>()
  for (const part of splitOutside(text, ';')) {
    const at = part.indexOf('=')
    const name = (at < 0 ? part : part.slice(0, at)).trim().toLowerCase()
    if (name && !params.has(name)) params.set(name, at < 0 ? null : unquote(part.slice(at + 1).trim()))
  }
  return params
}

export function formatParams(params: Params): string {
  let text = ''
  for (const [name, value] of params) text += value === null ? `;${name}` : `;${name}=${value === '' || /[\s;,="<>?]/.test(value) ? quote(value) : value}`
  return text
}

export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text
  return text.slice(1, -1).replaceAll(/\\(.)/gs, '$1')
}

export const quote = (text: string): string => `"${text.replaceAll(/[\r\n]/g, ' ').replaceAll(/["\\]/g, '\\$&')}"`

/** `host`, `host:port`, `[v6]:port`. */
export function parseHostPort(text: string): { host: string; port: number | null } | null {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9\-._]+))\s*(?::\s*(\d{1,5}))?$/.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  if (!match || !host) return null
  const port = match[3] === undefined ? null : Number(match[3])
  if (port !== null && (port < 1 || port > 65_535)) return null
  return { host: host.toLowerCase(), port }
}

export const formatHost = (host: string): string => (host.includes(':') ? `[${host}]` : host)

export function parseUri(text: string): SipUri | null {
  const match = /^(sips?|tel):(.+)$/is.exec(text.trim())
  const scheme = match?.[1]?.toLowerCase()
  const rest = match?.[2]
  if (!rest || /[\s<>"]/.test(rest)) return null
  if (scheme === 'tel') {
    const [number = '', ...params] = rest.split(';')
    if (!/^\+?[0-9A-Da-d*#().-]+$/.test(number)) return null
    return { scheme, user: number.replaceAll(/[().-]/g, ''), host: '', port: null, params: parseParams(params.join(';')) }
  }
  if (scheme !== 'sip' && scheme !== 'sips') return null
  const at = rest.lastIndexOf('@', rest.indexOf('?', rest.indexOf('@')) < 0 ? undefined : rest.indexOf('?', rest.indexOf('@')))
  const user = at < 0 ? null : decode(rest.slice(0, at).split(':')[0] ?? '')
  const [address = '', ...params] = rest.slice(at + 1).split('?')[0]?.split(';') ?? []
  const hostPort = parseHostPort(address)
  if (!hostPort || user === '') return null
  return { scheme, user, ...hostPort, params: parseParams(params.join(';')) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray % stands for itself
  }
}

export function formatUri(uri: SipUri): string {
  if (uri.scheme === 'tel') return `tel:${uri.user ?? ''}${formatParams(uri.params)}`
  const user = uri.user === null ? '' : `${uri.user.replaceAll(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/g, (c) => encodeURIComponent(c))}@`
  return `${uri.scheme}:${user}${formatHost(uri.host)}${uri.port === null ? '' : `:${uri.port}`}${formatParams(uri.params)}`
}

export function sipUri(user: string | null, host: string, port: number | null = null, params: Params = new Map()): SipUri {
  return { scheme: 'sip', user, host, port, params }
}

/** Without angle brackets the parameters belong to the header (RFC 3261 §20.10). */
export function parseAddress(text: string): Address | null {
  const trimmed = text.trim()
  const open = openBracket(trimmed)
  if (open < 0) {
    if (trimmed.startsWith('"')) return null
    const [bare = '', ...params] = trimmed.split(';')
    if (/[,?\s]/.test(bare.trim())) return null
    const uri = parseUri(bare)
    return uri && { name: '', uri, params: parseParams(params.join(';')) }
  }
  const close = trimmed.indexOf('>', open)
  if (close < 0) return null
  const uri = parseUri(trimmed.slice(open + 1, close))
  const name = trimmed.slice(0, open).trim()
  if (!uri || !isDisplayName(name)) return null
  const after = trimmed.slice(close + 1).trim()
  if (after !== '' && !after.startsWith(';')) return null
  return { name: unquote(name), uri, params: parseParams(after) }
}

function openBracket(text: string): number {
  if (!text.startsWith('"')) return text.indexOf('<')
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return text.indexOf('<', i)
  }
  return -1
}

/** Nothing, one whole quoted string, or words; a lone quote is malformed (RFC 4475 §3.1.2.15 lets us be lenient with other characters). */
function isDisplayName(name: string): boolean {
  return /^"(?:[^"\\]|\\.)*"$/s.test(name) || !name.includes('"')
}

export function formatAddress(address: Address): string {
  const name = address.name === '' ? '' : `${quote(address.name)} `
  return `${name}<${formatUri(address.uri)}>${formatParams(address.params)}`
}
