// A dialog as plain data (RFC 3261 §12), so that it can stand in the journal and be taken up again after a restart.
import { randomBytes } from 'node:crypto'
import { formatHost, parseAddress, parseUri, type SipUri } from './grammar.ts'
import { addressOf, addressesOf, cseqOf, header, listOf, type Header, type SipRequest, type SipResponse } from './message.ts'
import type { Peer } from './transport.ts'

export type Dialog = {
  callId: string
  localTag: string
  remoteTag: string
  /** From and To of our requests, without tags. */
  local: string
  remote: string
  localSeq: number
  /** null until the other side has sent a request. */
  remoteSeq: number | null
  /** Contact of the other side. */
  target: string
  routes: string[]
  /** Where requests go instead of following routes and target: a telephone behind NAT is spoken to where it speaks from. */
  via: Peer | null
}

export const newTag = (): string => randomBytes(6).toString('hex')
export const newCallId = (): string => randomBytes(12).toString('hex')

const withoutTag = (value: string): string => value.replace(/;\s*tag\s*=\s*[^;,\s]*/i, '')
const withTag = (value: string, tag: string): string => (tag === '' ? value : `${value};tag=${tag}`)
const contactOf = (message: SipRequest | SipResponse): string | null => {
  const contact = addressesOf(message, 'contact')[0]
  const text = /<([^>]+)>/.exec(header(message, 'contact') ?? '')?.[1]
  return contact ? (text ?? (header(message, 'contact') ?? '').split(';')[0]?.trim() ?? null) : null
}

/** The dialog that our answer to this INVITE makes; null where its Contact is unreadable. */
export function dialogOfServer(request: SipRequest, localTag: string, via: Peer | null): Dialog | null {
  const target = contactOf(request)
  const remoteTag = addressOf(request, 'from')?.params.get('tag') ?? ''
  if (target === null) return null
  return {
    callId: header(request, 'call-id') ?? '', localTag, remoteTag, local: withoutTag(header(request, 'to') ?? ''), remote: withoutTag(header(request, 'from') ?? ''),
    localSeq: Math.floor(Math.random() * 10_000) + 1, remoteSeq: cseqOf(request)?.number ?? null, target, routes: listOf(request, 'record-route'), via,
  }
}

/** The dialog that an answer to our INVITE makes. */
export function dialogOfClient(request: SipRequest, response: SipResponse, via: Peer | null): Dialog {
  return {
    callId: header(request, 'call-id') ?? '', localTag: addressOf(request, 'from')?.params.get('tag') ?? '', remoteTag: addressOf(response, 'to')?.params.get('tag') ?? '',
    local: withoutTag(header(request, 'from') ?? ''), remote: withoutTag(header(response, 'to') ?? ''), localSeq: cseqOf(request)?.number ?? 1, remoteSeq: null,
    target: contactOf(response) ?? request.uri, routes: listOf(response, 'record-route').reverse(), via,
  }
}

export const refreshTarget = (dialog: Dialog, message: SipRequest | SipResponse): void => {
  dialog.target = contactOf(message) ?? dialog.target
}

/** A request inside the dialog; counts its CSeq up. An ACK passes the number of its INVITE. */
export function requestIn(dialog: Dialog, method: string, headers: readonly Header[] = [], body: Buffer = Buffer.alloc(0), seq?: number): SipRequest {
  const number = seq ?? ++dialog.localSeq
  return {
    kind: 'request', method, uri: dialog.target, body,
    headers: [
      ['max-forwards', '70'], ['from', withTag(dialog.local, dialog.localTag)], ['to', withTag(dialog.remote, dialog.remoteTag)], ['call-id', dialog.callId], ['cseq', `${number} ${method}`],
      ...dialog.routes.map((route): Header => ['route', route]), ...headers,
    ],
  }
}

/** The address that a request of this dialog goes to next: its first route, else its target. */
export function nextHop(dialog: Dialog): SipUri | null {
  const [route] = dialog.routes
  return (route ? parseAddress(route)?.uri : null) ?? parseUri(dialog.target)
}

export const dialogId = (callId: string, localTag: string, remoteTag: string): string => `${callId}|${localTag}|${remoteTag}`

/** The address text for a URI with an optional name. */
export function uriText(user: string, host: string, port: number | null): string {
  return `sip:${encodeURIComponent(user).replaceAll('%2B', '+').replaceAll('%23', '#')}@${formatHost(host)}${port === null ? '' : `:${port}`}`
}
