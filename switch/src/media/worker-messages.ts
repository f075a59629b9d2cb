// What the signalling thread and a media worker say to each other; plain data, structured clone.
import type { LegId, MediaFigures, MediaHappening, MediaOrder, TapFrame } from '../media-port.ts'
import type { Agreed } from '../sip/sdp.ts'

export type WorkerOptions = {
  address: string
  publicAddress?: string
  rtpPorts: { from: number; to: number }
  spool: string
  /** Folders of prompt files, the first that has one wins. */
  prompts: string[]
}

type Order<K extends MediaOrder['kind']> = Extract<MediaOrder, { kind: K }>
type Happening<K extends MediaHappening['kind']> = Extract<MediaHappening, { kind: K }>

/** Orders that a worker carries out as they are. */
export type SoundOrder = Order<'mix' | 'play' | 'stopPlaying' | 'collect' | 'sendDigits' | 'record' | 'stopRecording' | 'tap' | 'stopTap' | 'echo' | 'browserOffer' | 'browserCandidate'>

export type ToWorker =
  | SoundOrder
  /** A socket for a leg; answered by `opened` or `closed`. */
  | { kind: 'open'; leg: LegId }
  /** Where the far end is and what was agreed. `latch`: send to where it first speaks from (registered telephones). */
  | { kind: 'agree'; leg: LegId; agreed: Agreed; latch: boolean }
  /** The leg is answered: from now on missing sound is told. */
  | { kind: 'live'; leg: LegId }
  | { kind: 'close'; leg: LegId }
  /** A digit that came by signalling; told through the worker so that all digits keep their order. */
  | { kind: 'infoDigit'; leg: LegId; digit: string }
  | { kind: 'stop' }

export type FromWorker =
  | Happening<'media' | 'digit' | 'played' | 'recording' | 'quality' | 'alarm' | 'browserAnswer'>
  | { kind: 'ready' }
  | { kind: 'opened'; leg: LegId; port: number }
  /** The leg cannot be, or (browser) is gone. */
  | { kind: 'closed'; leg: LegId; reason: string }
  | { kind: 'infoDigits'; leg: LegId; digits: string }
  | { kind: 'frames'; frames: TapFrame[] }
  | { kind: 'figures'; figures: MediaFigures }
  | { kind: 'log'; level: 'info' | 'warn' | 'error'; text: string; data: Record<string, unknown> }
  | { kind: 'stopped' }
