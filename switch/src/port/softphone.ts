// The desk's (and the citizen's) own socket to the exchange: `/softphone`. Own calls only; it works while the server is down.
import { z } from 'zod'
import { agentAct, callAct, commandResult } from './commands.ts'
import { agentView, callView, queueView } from './live.ts'

/** What a ticket vouches for: issued by the server after sign-in, 12 h, tied to one agent or one verified citizen. */
export const ticketClaims = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), tenant: z.string(), agent: z.string(), jti: z.string(), until: z.number().int(), remote: z.boolean() }),
  /** `number` is the verified mobile that the call comes from; `to` the only service numbers it may call. */
  z.object({ kind: z.literal('citizen'), tenant: z.string(), number: z.string(), to: z.array(z.string()), jti: z.string(), until: z.number().int() }),
])
export type TicketClaims = z.infer<typeof ticketClaims>

const encoder = new TextEncoder()
const toText = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
const keyOf = (secret: string) => crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])

/** Signs a ticket with the secret that server and exchange share: `base64url(JSON).base64url(HMAC-SHA-256)`. */
export async function signTicket(secret: string, claims: TicketClaims): Promise<string> {
  const body = toText(encoder.encode(JSON.stringify(claims)))
  return `${body}.${toText(new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(secret), encoder.encode(body))))}`
}
/** Reads a ticket; null when it is malformed, not signed by us or over. `now` in ms since 1970. Never throws. */
export async function readTicket(secret: string, ticket: string, now: number): Promise<TicketClaims | null> {
  try {
    const [body, mark] = ticket.split('.')
    if (!body || !mark || ticket.length > 4000) return null
    if (!await crypto.subtle.verify('HMAC', await keyOf(secret), toBytes(mark), encoder.encode(body))) return null
    const claims = ticketClaims.safeParse(JSON.parse(new TextDecoder().decode(toBytes(body))))
    return claims.success && claims.data.until > now ? claims.data : null
  } catch {
    return null
  }
}

const sdp = z.string().max(60_000)
const requestId = z.string().max(64)
/** Page → exchange. The first message is `hello`; everything else before it closes the socket. */
export const fromDesk = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: z.number().int(), ticket: z.string().max(4000), /** one per page load */ page: z.string().max(64) }),
  /** Answer to `probe`, by page script: a frozen page does not answer. */
  z.object({ type: z.literal('alive'), n: z.number().int(), microphone: z.enum(['on', 'denied', 'missing', 'unasked']) }),
  /** WebRTC offer with all candidates gathered (or followed by `candidate`). Also after a reload, to take the call up again. */
  z.object({ type: z.literal('offer'), sdp }),
  z.object({ type: z.literal('candidate'), candidate: z.string().max(2000) }),
  z.object({ type: z.literal('signIn'), requestId, queues: z.array(z.string()).max(100), device: z.enum(['browser', 'phone']), answerMode: z.enum(['manual', 'automatic']), /** take over from another desk without asking, where policy allows */ force: z.boolean() }),
  z.object({ type: z.literal('act'), requestId, callId: z.string().max(64).nullable(), act: z.union([callAct, agentAct]) }),
  z.object({ type: z.literal('echo'), on: z.boolean() }),
  /** Citizen only. */
  z.object({ type: z.literal('call'), requestId, to: z.string().max(24) }),
  z.object({ type: z.literal('digits'), digits: z.string().regex(/^[0-9*#]{1,8}$/) }),
  z.object({ type: z.literal('hangUp') }),
])
export type FromDesk = z.infer<typeof fromDesk>

/** Exchange → page. `me` and `call` are whole views, sent on every change; an ended call is sent once with state `ended`. */
export const toDesk = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), version: z.number().int(), agent: z.string().nullable(), me: agentView.nullable(), calls: z.array(callView), at: z.number().int(), iceServers: z.array(z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() })) }),
  /** The socket is closed after it. `signedInElsewhere` may be tried again with `force` where policy says takeOver. */
  z.object({ type: z.literal('refused'), code: z.enum(['badTicket', 'version', 'signedInElsewhere', 'locked', 'notRemote', 'unknownAgent', 'limit', 'protocol', 'replaced', 'signedOut']), detail: z.string() }),
  z.object({ type: z.literal('probe'), n: z.number().int() }),
  z.object({ type: z.literal('answer'), sdp }),
  z.object({ type: z.literal('media'), state: z.enum(['up', 'lost', 'back']) }),
  z.object({ type: z.literal('me'), me: agentView.nullable() }),
  z.object({ type: z.literal('call'), call: callView }),
  /** While ringing: answer this call (automatic answer counts down `answerInMs`). */
  z.object({ type: z.literal('ring'), call: callView, answerInMs: z.number().int().nullable(), why: z.string() }),
  z.object({ type: z.literal('result'), requestId, result: commandResult }),
  z.object({ type: z.literal('queues'), queues: z.array(queueView) }),
  z.object({ type: z.literal('notice'), noticeId: z.string(), title: z.string(), text: z.string(), until: z.number().int() }),
  z.object({ type: z.literal('hint'), hint: z.enum(['holdLong', 'muteOver', 'lineBad', 'lineGood', 'notRecorded', 'serverAway', 'monitorJoined', 'monitorLeft']), callId: z.string().nullable(), detail: z.string() }),
])
export type ToDesk = z.infer<typeof toDesk>
