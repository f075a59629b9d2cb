// Legs over SIP as MediaPort orders them about: incoming calls offered, numbers dialled over one line after another, dialogs of the journal taken up again.
import type { LegCause, MediaHappening, MediaOrder } from '../media-port.ts'
import type { CallEnd } from '../sip/call-shapes.ts'
import { formatHost } from '../sip/grammar.ts'
import type { InboundCall } from '../sip/inbound-call.ts'
import { addressOf, addressesOf, header, requestUri, type Header } from '../sip/message.ts'
import { agree, parseSdp, type Codec } from '../sip/sdp.ts'
import type { CallSource, UserAgent } from '../sip/user-agent.ts'
import { newMasterKey } from '../rtp/srtp.ts'
import { causeOfStatus, q850OfCause, statusOfCause, triesNext } from './causes.ts'
import { createSipLeg, readStoredDialog, type SipLeg } from './sip-leg.ts'
import type { ToWorker } from './worker-messages.ts'

type Originate = Extract<MediaOrder, { kind: 'originate' }>
type Opening = { codecs: Codec[]; latch: boolean; trunk: string | null; ready: (leg: SipLeg) => void; failed: (reason: string) => void }
type Options = { agent: UserAgent; address: string; post: (message: ToWorker) => void; tell: (happening: MediaHappening) => void; newId: () => string; /** an offer that we cannot speak */ unspeakable: (reference: string) => void }

const CODECS: Codec[] = ['PCMA', 'PCMU']
/** A dialog taken up again may have sent requests that the journal has not: its numbers must only rise (RFC 3261 §12.2.1.1). */
const SEQ_JUMP = 1000

export function createLines({ agent, address, post, tell, newId, unspeakable }: Options) {
  const legs = new Map<string, SipLeg>()
  const opening = new Map<string, Opening>()
  const inbound = new Map<string, InboundCall>()

  function open(id: string, how: Opening): void {
    opening.set(id, how)
    post({ kind: 'open', leg: id })
  }

  function over(id: string, cause: LegCause, end: CallEnd): void {
    const leg = legs.get(id)
    if (!leg) return
    forget(leg)
    tell({ kind: 'ended', leg: id, cause, ...(end.status > 0 ? { status: end.status } : {}), by: end.by === 'remote' ? 'far' : end.by === 'local' ? 'near' : 'media', ...(end.reason ? { reason: end.reason } : {}) })
  }

  function forget(leg: SipLeg): void {
    legs.delete(leg.id)
    inbound.delete(leg.id)
    post({ kind: 'close', leg: leg.id })
    freeChannel(leg.trunk)
  }

  const endedUnopened = (id: string, cause: LegCause, reason: string, status?: number): void => tell({ kind: 'ended', leg: id, cause, by: 'media', reason, ...(status === undefined ? {} : { status }) })

  const takeChannel = (id: string | null): void => {
    const trunk = id === null ? null : agent.trunks.get(id)
    if (trunk) trunk.channels++
  }

  function freeChannel(id: string | null): void {
    const trunk = id === null ? null : agent.trunks.get(id)
    if (trunk) trunk.channels = Math.max(0, trunk.channels - 1)
  }

  function incoming(call: InboundCall, source: CallSource): void {
    const trunk = source.kind === 'trunk' ? source.trunk : null
    const codecs = trunk ? [...trunk.config.codecs] : CODECS
    if (typeof call.offer === 'string' && !agree(parseSdp(call.offer), codecs, trunk?.config.srtp ? newMasterKey() : null)) {
      unspeakable(header(call.request, 'call-id') ?? '')
      return call.reject(488)
    }
    if (trunk && trunk.channels >= trunk.config.channels) return call.reject(503, [['retry-after', '10']])
    const id = newId()
    let gone = false
    call.handlers = { offer: () => null, ended: () => (gone = true) }
    takeChannel(trunk?.config.id ?? null)
    open(id, {
      codecs, latch: source.kind === 'user', trunk: trunk?.config.id ?? null,
      failed: () => {
        freeChannel(trunk?.config.id ?? null)
        call.reject(503)
      },
      ready(leg) {
        if (gone) return forget(leg)
        inbound.set(id, call)
        leg.secure(trunk?.config.srtp === true)
        call.handlers = leg.handlers({
          confirmed: (sdp) => {
            if (call.offer === null && (sdp === null || !leg.take(sdp))) return leg.hangUp('refused')
            leg.up(call.session)
            tell({ kind: 'answered', leg: id, codec: leg.codec ?? 'PCMA', ...(leg.trunk ? { trunk: leg.trunk } : {}) })
          },
        })
        leg.hangUpCall = (cause) => call.hangUp(statusOfCause(cause), [['reason', `Q.850;cause=${q850OfCause(cause)}`]])
        const { request } = call
        const caller = callerOf(call)
        const diverted = (addressesOf(request, 'history-info').at(-2) ?? addressesOf(request, 'diversion')[0])?.uri.user
        tell({
          kind: 'incoming', leg: id, from: caller, to: requestUri(request)?.user ?? '', reference: header(request, 'call-id') ?? '', ...(diverted ? { diverted } : {}),
          source: source.kind === 'trunk' ? { kind: 'trunk', trunk: source.trunk.config.id, address: call.from.address } : { kind: 'extension', tenant: source.user.tenant, user: source.user.user, address: call.from.address },
        })
      },
    })
  }

  /** The network's word on the caller counts before the caller's own (RFC 3325); a wish for privacy is kept with it. */
  function callerOf(call: InboundCall): { number: string; name: string; hidden: boolean } {
    const { request } = call
    const asserted = addressesOf(request, 'p-asserted-identity')[0]
    const from = addressOf(request, 'from')
    const hidden = /\b(id|user|header|critical)\b/i.test(header(request, 'privacy') ?? '') || from?.uri.user === 'anonymous'
    const shown = asserted ?? from
    return { number: shown?.uri.user ?? '', name: shown?.name ?? '', hidden }
  }

  function originate(order: Originate): void {
    if (legs.has(order.leg) || opening.has(order.leg)) return
    const { target } = order
    if (target.kind === 'extension') {
      const user = agent.userOf(target.tenant, target.user)
      const binding = user && agent.registrar.bindingsOf(user.realm, user.user)[0]
      if (!user || !binding) return endedUnopened(order.leg, 'noAnswer', 'not registered', 480)
      return open(order.leg, {
        codecs: CODECS, latch: true, trunk: null,
        failed: (reason) => endedUnopened(order.leg, 'engineFailure', reason),
        ready: (leg) => attempt(leg, order, { uri: binding.contact, peer: binding.peer, to: `<sip:${user.user}@${formatHost(user.realm)}>`, domain: user.realm, symmetric: true }, (end) => over(leg.id, leg.givenUpAs ?? causeOf(end), end)),
      })
    }
    const { number } = target
    if (!/^[+*#0-9A-Za-z._-]{1,64}$/.test(number)) return endedUnopened(order.leg, 'invalidNumber', 'no number', 484)
    open(order.leg, {
      codecs: CODECS, latch: false, trunk: null,
      failed: (reason) => endedUnopened(order.leg, 'engineFailure', reason),
      ready: (leg) => dial(leg, order, number, [...target.trunks]),
    })
  }

  function dial(leg: SipLeg, order: Originate, number: string, trunks: string[], last: CallEnd = { by: 'network', status: 503, reason: 'no line is up', cause: null }): void {
    const id = trunks.shift()
    if (id === undefined) return over(leg.id, leg.givenUpAs ?? (last.by === 'network' ? 'trunkFailure' : causeOf(last)), last)
    const trunk = agent.trunks.get(id)
    if (!trunk?.peer || trunk.state === 'down' || trunk.channels >= trunk.config.channels) return dial(leg, order, number, trunks, last)
    const { config, peer } = trunk
    leg.trunk = id
    leg.secure(trunk.config.srtp === true)
    takeChannel(id)
    const credentials = config.user !== undefined && config.password !== undefined ? { user: config.user, password: config.password } : undefined
    const host = `${formatHost(config.host)}${config.port === 5060 ? '' : `:${config.port}`}`
    attempt(leg, order, { uri: `sip:${number}@${host}${config.transport === 'udp' ? '' : `;transport=${config.transport}`}`, peer, to: `<sip:${number}@${host}>`, domain: config.realm ?? address, symmetric: false, ...(credentials ? { credentials } : {}) }, (end) => {
      if (leg.givenUpAs === null && !leg.answered && triesNext(end)) {
        freeChannel(id)
        leg.trunk = null
        return dial(leg, order, number, trunks, end)
      }
      over(leg.id, leg.givenUpAs ?? causeOf(end, leg.answered), end)
    })
  }

  const causeOf = (end: CallEnd, answered = false): LegCause => (answered ? (end.by === 'network' ? 'mediaLost' : 'normal') : end.by === 'local' ? 'noAnswer' : end.by === 'network' ? 'trunkFailure' : causeOfStatus(end.status))

  type Where = { uri: string; peer: Parameters<UserAgent['call']>[0]['peer']; to: string; domain: string; symmetric: boolean; credentials?: { user: string; password: string } }

  function attempt(leg: SipLeg, order: Originate, where: Where, ended: (end: CallEnd) => void): void {
    const { number, name, hidden } = order.from
    const identity = `<sip:${encodeURIComponent(number).replaceAll('%2B', '+')}@${formatHost(where.domain)}>`
    const headers: Header[] = hidden ? [['privacy', 'id'], ['p-asserted-identity', identity]] : [['p-asserted-identity', identity]]
    for (const [key, value] of Object.entries(order.headers ?? {})) if (/^x-[a-z0-9-]{1,40}$/i.test(key)) headers.push([key.toLowerCase(), value.slice(0, 200)])
    const call = agent.call(
      { uri: where.uri, peer: where.peer, from: hidden ? '"Anonymous" <sip:anonymous@anonymous.invalid>' : `${name ? `"${name.replaceAll(/["\\\r\n]/g, '')}" ` : ''}${identity}`, to: where.to, sdp: leg.offer, headers, symmetric: where.symmetric, ringMs: order.ringMs, ...(where.credentials ? { credentials: where.credentials } : {}) },
      leg.handlers({
        progress: (status, sdp) => {
          const early = sdp !== null && leg.take(sdp)
          tell({ kind: 'progress', leg: leg.id, early, ...(leg.trunk ? { trunk: leg.trunk } : {}) })
        },
        answered: (sdp) => {
          // After early media the 200 need not repeat the description (RFC 3264; many lines do not).
          if ((sdp !== null && !leg.take(sdp)) || leg.codec === null || !call.session) return leg.hangUp('refused')
          leg.up(call.session)
          tell({ kind: 'answered', leg: leg.id, codec: leg.codec, ...(leg.trunk ? { trunk: leg.trunk } : {}) })
        },
        ended,
      }),
    )
    leg.hangUpCall = (cause) => call.hangUp([['reason', `Q.850;cause=${q850OfCause(cause)}`]])
  }

  function restore(id: string, text: string): void {
    const stored = readStoredDialog(text)
    if (!stored || legs.has(id) || opening.has(id)) return endedUnopened(id, 'engineFailure', 'the dialog cannot be read')
    open(id, {
      codecs: stored.codecs, latch: stored.latch, trunk: stored.trunk,
      failed: (reason) => endedUnopened(id, 'engineFailure', reason),
      ready(leg) {
        takeChannel(stored.trunk)
        leg.restart(stored)
        const session = agent.resume({ ...stored.dialog, localSeq: stored.dialog.localSeq + SEQ_JUMP }, leg.handlers({ ended: (end) => over(id, leg.givenUpAs ?? (end.by === 'remote' ? 'normal' : 'engineFailure'), end) }))
        leg.hangUpCall = (cause) => session.bye([['reason', `Q.850;cause=${q850OfCause(cause)}`]])
        void session.reoffer(leg.offer).then((result) => {
          if (!legs.has(id)) return
          if (!result.ok || result.sdp === null || !leg.take(result.sdp)) return leg.hangUp('engineFailure')
          leg.up(session)
          tell({ kind: 'restored', leg: id })
        })
      },
    })
  }

  return {
    incoming,
    originate,
    restore,
    has: (id: string) => legs.has(id),
    ring(id: string, early: boolean): void {
      const [call, leg] = [inbound.get(id), legs.get(id)]
      if (!call || !leg || leg.answered) return
      if (!early) return call.provisional(180)
      const sdp = typeof call.offer === 'string' ? leg.answer(call.offer) : leg.offer
      if (sdp !== null) call.provisional(183, sdp)
    },
    answer(id: string): void {
      const [call, leg] = [inbound.get(id), legs.get(id)]
      if (!call || !leg || leg.answered) return
      const sdp = typeof call.offer === 'string' ? leg.answer(call.offer) : leg.offer
      if (sdp === null) call.reject(488)
      else call.accept(sdp)
    },
    refuse(id: string, status: number): void {
      inbound.get(id)?.reject(status >= 400 && status <= 699 ? status : 480)
    },
    hangUp(id: string, cause: LegCause): void {
      if (opening.delete(id)) {
        post({ kind: 'close', leg: id })
        return endedUnopened(id, cause, 'given up before it began')
      }
      legs.get(id)?.hangUp(cause)
    },
    hangUpAll(cause: LegCause): void {
      for (const id of opening.keys()) this.hangUp(id, cause)
      for (const leg of legs.values()) leg.hangUp(cause)
    },
    probe(id: string): void {
      const session = legs.get(id)?.session
      if (!session) return tell({ kind: 'probed', leg: id, alive: false })
      void session.ask('OPTIONS').then((response) => tell({ kind: 'probed', leg: id, alive: response !== null && response.status !== 481 && response.status !== 408 && response.status !== 503 }))
    },
    /** The worker has a socket for the leg. */
    opened(id: string, port: number): void {
      const how = opening.get(id)
      if (!opening.delete(id) || !how) return post({ kind: 'close', leg: id })
      const leg = createSipLeg({ id, port, address, codecs: how.codecs, latch: how.latch, trunk: how.trunk, post, tell, over: (cause, end) => over(id, cause, end) })
      legs.set(id, leg)
      how.ready(leg)
    },
    failed(id: string, reason: string): void {
      const how = opening.get(id)
      if (opening.delete(id)) how?.failed(reason)
      else legs.get(id)?.hangUp('engineFailure')
    },
  }
}
