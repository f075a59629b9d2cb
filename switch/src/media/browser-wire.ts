// Legs of browsers: WebRTC by werift, G.711 over SRTP. One offer, one whole answer; a new offer for a leg replaces its connection.
import { createSecretKey } from 'node:crypto'
import { RTCPeerConnection, RTCRtpCodecParameters, MediaStreamTrack, type RtpPacket } from 'werift'
import type { Codec } from '../sip/sdp.ts'
import { sharedHead, type Leg } from './leg.ts'
import type { FromWorker, WorkerOptions } from './worker-messages.ts'

const LONGEST_SDP = 32_000
/** Gathering and the handshake together; a browser that does not come is let go. */
const PATIENCE_MS = 20_000

const codec = (mimeType: string, payloadType: number): RTCRtpCodecParameters => new RTCRtpCodecParameters({ mimeType, clockRate: 8000, channels: 1, payloadType })

/** Addresses that are no longer a number of this machine's must not be offered: every candidate is bound to ours. */
function onlyCandidatesOf(sdp: string, addresses: readonly string[]): string {
  return sdp.split('\r\n').filter((line) => !line.startsWith('a=candidate:') || addresses.includes(line.split(' ')[4] ?? '')).join('\r\n')
}

/** A key given as bytes is made a key object of OpenSSL's for every packet (35 µs a packet against 8 µs); made once here. */
function keepKeys(connection: RTCPeerConnection): void {
  for (const { srtp } of connection.dtlsTransports) {
    for (const { cipher } of srtp ? [srtp.localContext, srtp.remoteContext] : []) {
      if (Buffer.isBuffer(cipher.srtpSessionKey)) Object.assign(cipher, { srtpSessionKey: createSecretKey(cipher.srtpSessionKey) })
    }
  }
}

export function createBrowserWires(options: WorkerOptions, tell: (message: FromWorker) => void) {
  const connections = new Map<string, RTCPeerConnection>()
  const any = options.address === '0.0.0.0' || options.address === '::'
  const named = [...(options.publicAddress ? [options.publicAddress] : []), ...(any ? [] : [options.address])]

  function drop(id: string): void {
    const connection = connections.get(id)
    connections.delete(id)
    void connection?.close().catch(() => {})
  }

  async function connect(leg: Leg, sdp: string, gone: () => void): Promise<void> {
    const connection = new RTCPeerConnection({
      codecs: { audio: [codec('audio/PCMA', 8), codec('audio/PCMU', 0), codec('audio/telephone-event', 101)], video: [] },
      iceServers: [],
      bundlePolicy: 'max-bundle',
      icePortRange: [options.rtpPorts.from, options.rtpPorts.to],
      iceUseIpv6: options.address.includes(':'),
      ...(any ? {} : { iceInterfaceAddresses: options.address.includes(':') ? { udp6: options.address } : { udp4: options.address } }),
      ...(named.length > 0 ? { iceAdditionalHostAddresses: named } : {}),
    })
    drop(leg.id)
    connections.set(leg.id, connection)
    const lost = (reason: string): void => {
      if (connections.get(leg.id) !== connection) return
      tell({ kind: 'log', level: 'warn', text: 'a browser lost its sound connection', data: { leg: leg.id, reason, ice: connection.iceConnectionState, dtls: connection.dtlsTransports.map((one) => one.state).join() } })
      drop(leg.id)
      tell({ kind: 'closed', leg: leg.id, reason })
      gone()
    }
    const patience = setTimeout(() => lost('the browser did not connect'), PATIENCE_MS)
    connection.connectionStateChange.subscribe((state) => {
      if (state === 'connected') {
        clearTimeout(patience)
        keepKeys(connection)
      }
      if (state === 'disconnected') tell({ kind: 'media', leg: leg.id, state: 'lost' })
      if (state === 'failed' || state === 'closed') {
        clearTimeout(patience)
        lost(`connection ${state}`)
      }
    })
    const track = new MediaStreamTrack({ kind: 'audio' })
    const transceiver = connection.addTransceiver(track, { direction: 'sendrecv' })
    connection.onTrack.subscribe((remote) => remote.onReceiveRtp.subscribe((packet) => receive(leg, packet)))
    try {
      await connection.setRemoteDescription({ type: 'offer', sdp })
      await connection.setLocalDescription(await connection.createAnswer())
    } catch (error) {
      clearTimeout(patience)
      return lost(`the offer cannot be answered: ${error instanceof Error ? error.message : String(error)}`)
    }
    const sound = transceiver.sender.codec
    const name: Codec | null = sound?.mimeType.toUpperCase() === 'AUDIO/PCMA' ? 'PCMA' : sound?.mimeType.toUpperCase() === 'AUDIO/PCMU' ? 'PCMU' : null
    if (!sound || !name || connections.get(leg.id) !== connection) {
      clearTimeout(patience)
      return lost('no G.711 in the offer')
    }
    const events = transceiver.codecs.find((one) => one.mimeType.toLowerCase() === 'audio/telephone-event')
    leg.agreed = { codec: name, payloadType: sound.payloadType, events: events?.payloadType ?? null, address: '', port: 0, direction: 'sendrecv', ptime: 20 }
    leg.wire = { send: (packet) => track.writeRtp(packet), close: () => drop(leg.id) }
    leg.restart()
    leg.live(performance.now())
    const answer = connection.localDescription?.sdp ?? ''
    tell({ kind: 'browserAnswer', leg: leg.id, sdp: any ? answer : onlyCandidatesOf(answer, named) })
  }

  function receive(leg: Leg, packet: RtpPacket): void {
    const { header, payload } = packet
    sharedHead.payloadType = header.payloadType
    sharedHead.marker = header.marker
    sharedHead.seq = header.sequenceNumber
    sharedHead.timestamp = header.timestamp
    sharedHead.ssrc = header.ssrc
    sharedHead.start = 0
    sharedHead.end = payload.length
    leg.accept(payload, sharedHead, performance.now())
  }

  return {
    offer(leg: Leg, sdp: string, gone: () => void): void {
      if (sdp.length > LONGEST_SDP) {
        tell({ kind: 'closed', leg: leg.id, reason: 'the offer is too long' })
        return gone()
      }
      void connect(leg, sdp, gone)
    },
    candidate(id: string, candidate: string): void {
      void connections.get(id)?.addIceCandidate({ candidate, sdpMLineIndex: 0, sdpMid: '0' }).catch(() => {})
    },
    close: drop,
  }
}
