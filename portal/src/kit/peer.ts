// Two browsers speaking directly (WebRTC). What they must know of each other goes through the server in one piece each: nothing trickles.

export type Servers = readonly { urls: string; username?: string | undefined; credential?: string | undefined }[]
export type CallKind = 'audio' | 'video'

/** Long enough for a relay to answer; what has been found by then must do. */
const GATHER = 3000

/** Asks the person for the microphone, and the camera; rejects where it is refused or there is none. */
export const ownMedia = (kind: CallKind): Promise<MediaStream> => navigator.mediaDevices.getUserMedia({ audio: true, video: kind === 'video' })

/** False on a page without encryption, where browsers give no microphone. */
export const mayCall = (): boolean => 'RTCPeerConnection' in window && 'mediaDevices' in navigator

export class Peer {
  readonly local: MediaStream
  readonly remote = new MediaStream()
  readonly #connection: RTCPeerConnection

  /** `changed` is told of each state of the connection: `connected`, `disconnected`, `failed` … */
  constructor(local: MediaStream, servers: Servers, changed: (state: RTCPeerConnectionState) => void) {
    this.local = local
    this.#connection = new RTCPeerConnection({ iceServers: servers.map((s) => ({ ...s })) })
    for (const track of local.getTracks()) this.#connection.addTrack(track, local)
    this.#connection.ontrack = ({ track }) => this.remote.addTrack(track)
    this.#connection.onconnectionstatechange = () => changed(this.#connection.connectionState)
  }

  async offer(): Promise<string> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer())
    return this.#gathered()
  }

  async accept(offer: string): Promise<string> {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp: offer })
    await this.#connection.setLocalDescription(await this.#connection.createAnswer())
    return this.#gathered()
  }

  take(answer: string): Promise<void> {
    return this.#connection.setRemoteDescription({ type: 'answer', sdp: answer })
  }

  mute(on: boolean): void {
    for (const track of this.local.getAudioTracks()) track.enabled = !on
  }

  close(): void {
    this.#connection.close()
    for (const track of this.local.getTracks()) track.stop()
  }

  async #gathered(): Promise<string> {
    const connection = this.#connection
    await new Promise<void>((resolve) => {
      if (connection.iceGatheringState === 'complete') return resolve()
      setTimeout(resolve, GATHER)
      connection.addEventListener('icegatheringstatechange', () => { if (connection.iceGatheringState === 'complete') resolve() })
    })
    return connection.localDescription?.sdp ?? ''
  }
}
