// The desk's sound: microphone, the one nailed-up connection to the exchange, and what is heard. Comes back by itself when it is lost.
import { currentPhone, setPhone } from './phone-state.ts'

/** How long the connection may take before it is made anew. */
const SOUND_MS = 15_000
/** A connection that falters often comes back by itself; after this it is made anew. */
const FALTER_MS = 4_000
const AGAIN_MS = 1_000

let peer: RTCPeerConnection | null = null
let microphone: MediaStream | null = null
let ear: HTMLAudioElement | null = null
let again: { iceServers: RTCIceServer[]; offer: (sdp: string) => boolean } | null = null

/** Asks for the microphone; browsers give one only on localhost or HTTPS. */
export async function openMicrophone(): Promise<boolean> {
  if (!window.isSecureContext) {
    setPhone({ microphone: 'insecure' })
    return false
  }
  if (navigator.mediaDevices === undefined || typeof RTCPeerConnection === 'undefined') {
    setPhone({ microphone: 'unsupported' })
    return false
  }
  try {
    microphone ??= await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    setPhone({ microphone: 'on' })
    return true
  } catch (error) {
    setPhone({ microphone: error instanceof DOMException && error.name === 'NotFoundError' ? 'missing' : 'denied' })
    return false
  }
}

/** Connects; `offer` carries the description to the exchange, whose answer comes to `takeAnswer`. */
export async function openMedia(iceServers: RTCIceServer[], offer: (sdp: string) => boolean): Promise<void> {
  closePeer()
  again = { iceServers, offer }
  if (!(await openMicrophone()) || !microphone) return
  setPhone({ media: 'connecting' })
  const connection = new RTCPeerConnection({ iceServers })
  peer = connection
  for (const track of microphone.getAudioTracks()) connection.addTrack(track, microphone)
  connection.ontrack = (event) => {
    ear ??= new Audio()
    ear.autoplay = true
    ear.srcObject = event.streams[0] ?? new MediaStream([event.track])
    void ear.play().catch(() => undefined)
  }
  connection.onconnectionstatechange = () => {
    if (connection !== peer) return
    const state = connection.connectionState
    if (state === 'connected') setPhone({ media: 'up' })
    if (state === 'disconnected' || state === 'failed') {
      setPhone({ media: 'lost' })
      setTimeout(() => { if (connection === peer && connection.connectionState !== 'connected') soundLost() }, state === 'failed' ? AGAIN_MS : FALTER_MS)
    }
  }
  await connection.setLocalDescription(await connection.createOffer())
  // All candidates at once: the exchange is near, and one message is simpler than many.
  await new Promise<void>((resolve) => {
    if (connection.iceGatheringState === 'complete') return resolve()
    const done = setTimeout(resolve, 1500)
    connection.onicegatheringstatechange = () => {
      if (connection.iceGatheringState !== 'complete') return
      clearTimeout(done)
      resolve()
    }
  })
  if (connection === peer && connection.localDescription) offer(connection.localDescription.sdp)
  // Sound that does not come is asked for again: a desk without it would answer in silence.
  setTimeout(() => {
    if (connection === peer && connection.connectionState !== 'connected') soundLost()
  }, SOUND_MS)
}

/** The connection is gone, or the exchange has let it go: made anew, for the same seat and call. */
export function soundLost(): void {
  if (!again || currentPhone().link !== 'up') return
  setPhone({ media: 'lost' })
  void openMedia(again.iceServers, again.offer)
}

export const takeAnswer = (sdp: string): void => void peer?.setRemoteDescription({ type: 'answer', sdp }).catch(() => undefined)

function closePeer(): void {
  const closing = peer
  peer = null
  closing?.close()
}

export function closeMedia(): void {
  again = null
  closePeer()
  for (const track of microphone?.getTracks() ?? []) track.stop()
  microphone = null
}

/** Devices, for choosing and for the check before signing in. */
export async function devices(): Promise<{ inputs: MediaDeviceInfo[]; outputs: MediaDeviceInfo[] }> {
  const all = await navigator.mediaDevices?.enumerateDevices().catch(() => []) ?? []
  return { inputs: all.filter((one) => one.kind === 'audioinput'), outputs: all.filter((one) => one.kind === 'audiooutput') }
}

export async function chooseInput(deviceId: string): Promise<boolean> {
  const next = await navigator.mediaDevices.getUserMedia({ audio: { deviceId: { exact: deviceId }, echoCancellation: true, noiseSuppression: true } }).catch(() => null)
  if (!next) return false
  const [track] = next.getAudioTracks()
  await Promise.all((peer?.getSenders() ?? []).map((sender) => sender.replaceTrack(track ?? null)))
  for (const old of microphone?.getTracks() ?? []) old.stop()
  microphone = next
  return true
}

/** Loudness of the own microphone, 0–1, some times a second; stop by calling what comes back. */
export function meter(report: (level: number) => void): () => void {
  if (!microphone) return () => undefined
  const audio = new AudioContext()
  const analyser = audio.createAnalyser()
  analyser.fftSize = 512
  audio.createMediaStreamSource(microphone).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    report(Math.min(1, Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length) * 4))
  }, 120)
  return () => {
    clearInterval(timer)
    void audio.close()
  }
}
