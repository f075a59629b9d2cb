// Between control and media (MediaPort): orders down, happenings up, both plain data, nothing awaited. Control decides, media carries out.
// Every order is idempotent and refers to things by ids that control chose (incoming legs: media chose); an order about an unknown leg is ignored and counted.
// Native media (sip/, rtp/, media/), FreeSWITCH one day, and the virtual-time media of the simulator speak this.

/** A connection to one telephone, line or browser. UUID; made by control, for `incoming` by media. */
export type LegId = string
export type RoomId = string
export type PlayId = string
export type RecordingId = string
export type TapId = string

/** Why a leg ended; `normal` = after an answer. */
export type LegCause =
  | 'normal' | 'cancelled' | 'noAnswer' | 'busy' | 'refused' | 'invalidNumber' | 'trunkFailure' | 'engineFailure' | 'mediaLost' | 'forced'

/** Where an outgoing leg goes. Several trunks are tried in order, the next when one is down or answers 5xx/408/timeout. */
export type DialTarget =
  | { kind: 'number', number: string, trunks: string[] }
  | { kind: 'extension', tenant: string, user: string }

/** Who an incoming leg is from. `realm` is the domain that was called or registered. */
export type LegSource =
  | { kind: 'trunk', trunk: string, address: string }
  | { kind: 'extension', tenant: string, user: string, address: string }

/** What is played. `file`: a prompt by content hash or shipped name (`shipped/…`), without extension; `text` is synthesised where that is possible, else its `fallback` file is played. */
export type Sound =
  | { kind: 'file', file: string }
  | { kind: 'silence', ms: number }
  | { kind: 'tone', tone: 'ringback' | 'busy' | 'beep' | 'callWaiting' }
  | { kind: 'text', text: string, language: string, /** 1 = normal */ speed: number, fallback?: string }

/** Who hears whom in a room. Two members that hear only each other with one codec are relayed packet by packet; anything else is mixed. */
export type RoomMember = { leg: LegId, hears: LegId[] }

export type MediaOrder =
  /** Rings a telephone. Answers with `progress`, then `answered` or `ended`. `ringMs` then CANCEL and `ended: noAnswer`. */
  | { kind: 'originate', leg: LegId, target: DialTarget, from: { number: string, name?: string, hidden?: boolean }, ringMs: number, headers?: Record<string, string> }
  /** Incoming leg: 180 without sound, or 183 with early media (what is played is heard before the answer). */
  | { kind: 'ring', leg: LegId, early: boolean }
  | { kind: 'answer', leg: LegId }
  /** Refuses an incoming leg with a SIP status (404, 486, 480, 503 …). */
  | { kind: 'refuse', leg: LegId, status: number, reason?: string }
  /** CANCEL, BYE or closing of the browser's connection, whichever fits. Always answered by `ended`, at the latest after 32 s. */
  | { kind: 'hangUp', leg: LegId, cause: LegCause }
  /** A browser's leg: its SDP offer; answered by `browserAnswer`. The same leg again replaces its connection (page reloaded). */
  | { kind: 'browserOffer', leg: LegId, sdp: string }
  | { kind: 'browserCandidate', leg: LegId, candidate: string }
  /** The whole of a room at once; no members closes it. A leg is in one room only: the last order counts. */
  | { kind: 'mix', room: RoomId, members: RoomMember[] }
  /** Sound to one leg. `replace`: instead of its room; `over`: mixed into it. `times` 0 = until stopped. A new one ends the running one (`played: stopped`). */
  | { kind: 'play', leg: LegId, play: PlayId, sounds: Sound[], times: number, mode: 'replace' | 'over' }
  | { kind: 'stopPlaying', leg: LegId }
  /** Digits are told one by one while on (RFC 4733, INFO, in-band where the line has no telephone-event). `secret`: never logged. */
  | { kind: 'collect', leg: LegId, on: boolean, secret: boolean }
  | { kind: 'sendDigits', leg: LegId, digits: string }
  /** Stereo recording, left and right as lists of legs; again = its new parties (empty lists: silence, offsets go on). The file is `<recording>.wav` in the spool. */
  | { kind: 'record', recording: RecordingId, call: string, left: LegId[], right: LegId[], /** what is played to these is on the right side too */ played?: LegId[], /** voicemail: ends itself */ maxMs?: number, silenceMs?: number }
  | { kind: 'stopRecording', recording: RecordingId }
  /** Sound of legs to `frames`, 20 ms of s16le at 8 kHz each. Oldest dropped first; never holds media up. */
  | { kind: 'tap', tap: TapId, call: string, legs: LegId[] }
  | { kind: 'stopTap', tap: TapId }
  /** Sends a leg its own sound back (device test). */
  | { kind: 'echo', leg: LegId, on: boolean }
  /** Whether the other end still answers (re-INVITE without change, OPTIONS in the dialog, ICE consent). Answered by `probed`. */
  | { kind: 'probe', leg: LegId }
  /** After a restart: take the dialog of the journal up again with new media (re-INVITE). Answered by `restored` or `ended`. */
  | { kind: 'restore', leg: LegId, dialog: string }
  /** After a restart: a telephone is where the journal knew it (`binding` of `registered`). Answered by `registered`, or by nothing where it cannot be reached without registering anew. */
  | { kind: 'rebind', tenant: string, user: string, binding: string, expiresInS: number }
  /** Lines and telephones, whole; the difference is applied, calls are not touched. */
  | { kind: 'configure', lines: MediaLines }

export type MediaHappening =
  /** A call from outside or from a telephone; ring, answer or refuse it. Numbers as they came, not yet normalised. */
  | { kind: 'incoming', leg: LegId, source: LegSource, from: { number: string, name: string, hidden: boolean }, to: string, diverted?: string, /** Call-ID, for the log */ reference: string }
  | { kind: 'progress', leg: LegId, early: boolean, trunk?: string }
  | { kind: 'answered', leg: LegId, codec: string, trunk?: string }
  /** The last word on a leg; nothing is told of it afterwards. `status`: SIP status if there was one; `by`: who ended it. */
  | { kind: 'ended', leg: LegId, cause: LegCause, status?: number, by: 'far' | 'near' | 'media', reason?: string }
  | { kind: 'browserAnswer', leg: LegId, sdp: string }
  /** Media of a leg: `up` first packet, `lost` none for 30 s where some should come (browser: ICE failed), `back` after lost. */
  | { kind: 'media', leg: LegId, state: 'up' | 'lost' | 'back' }
  /** The far telephone holds us (re-INVITE sendonly/inactive). */
  | { kind: 'farHold', leg: LegId, held: boolean }
  | { kind: 'digit', leg: LegId, digit: string }
  | { kind: 'played', leg: LegId, play: PlayId, how: 'done' | 'stopped' | 'failed', /** missing or bad file */ file?: string }
  | { kind: 'recording', recording: RecordingId, state: 'started' | 'finished' | 'failed', ms?: number, bytes?: number, sha256?: string, reason?: string }
  /** REFER of a registered telephone to a number. Trunks' (and those that would replace a call) are refused by media. */
  | { kind: 'refer', leg: LegId, to: string }
  | { kind: 'probed', leg: LegId, alive: boolean }
  | { kind: 'restored', leg: LegId }
  /** What `restore` would need now; opaque to control, which journals it. Told whenever it changes. */
  | { kind: 'dialog', leg: LegId, dialog: string }
  | { kind: 'registered', tenant: string, user: string, contact: string, expiresInS: number, /** for `rebind`; opaque to control, which journals it */ binding: string }
  | { kind: 'unregistered', tenant: string, user: string }
  | { kind: 'trunk', trunk: string, state: 'up' | 'down', reason?: string, /** calls on it now */ channels?: number }
  /** Each 5 s while there is sound both ways. `level`: dBov of what came in. */
  | { kind: 'quality', leg: LegId, lossPercent: number, jitterMs: number, delayMs: number, level: number }
  /** `spoolFull`, `spoolLow`, `flood`, `promptMissing`, `worker` …; one per onset, `over` when it passed. */
  | { kind: 'alarm', alarm: string, detail: string, over: boolean }

export type MediaTrunk = {
  id: string
  transport: 'udp' | 'tcp' | 'tls'
  host: string
  port: number
  /** Registers there (and refreshes) when given a user; otherwise known by its address. Password in clear only in memory. */
  user?: string
  password?: string
  realm?: string
  register: boolean
  /** Addresses (or CIDR) that incoming calls may come from besides `host`. */
  accept: string[]
  codecs: ('PCMA' | 'PCMU')[]
  /** Sound by SRTP with keys in the description (SDES); a call without it is refused. Only sensible over TLS, which hides the keys. */
  srtp?: boolean
  channels: number
  /** OPTIONS every so many seconds; 0 = never. */
  probeSeconds: number
}
/** A telephone that may register: digest by HA1 (MD5 `user:realm:password`; `ha1Sha256` RFC 8760). */
export type MediaUser = { tenant: string, user: string, realm: string, ha1: string, ha1Sha256?: string }
export type MediaLines = { trunks: MediaTrunk[], users: MediaUser[] }

/** 20 ms of one leg: `pcm` is s16le 8 kHz, `offsetMs` on the time line of the tap. */
export type TapFrame = { tap: TapId, leg: LegId, seq: number, offsetMs: number, pcm: Uint8Array }

/** Figures for /metrics, by Prometheus name without prefix. */
export type MediaFigures = Record<string, number>

export interface MediaPort {
  /** Opens sockets and workers. `tell` is called on the event loop of control, never inside `order`. Rejects when a port is taken. */
  start(listeners: { tell: (happening: MediaHappening) => void, frames: (frame: TapFrame) => void }): Promise<void>
  /** Never throws; what cannot be done is told as `ended`, `played: failed` … */
  order(order: MediaOrder): void
  figures(): MediaFigures
  /** BYE to nobody: a restarted exchange takes the dialogs up again. Recordings are closed properly. */
  stop(): Promise<void>
}

/** What native media needs to start; from the environment by main.ts. Times in ms, sizes in bytes. */
export type MediaOptions = {
  /** Address that SIP and RTP bind, and that is written into SDP. */
  address: string
  /** Address written into SDP instead, behind NAT. */
  publicAddress?: string
  sipPort: number
  /** SIP by TLS too: port, and certificate, key and further trusted authorities as PEM. */
  tls?: { port: number, cert: string, key: string, ca?: string }
  rtpPorts: { from: number, to: number }
  /** Folder of recordings in progress (0700); made if missing. */
  spool: string
  /** Folder of prompt files `<hash>.alaw` sent by the server; shipped ones are media's own. */
  prompts: string
}
/** `switch/src/media/index.ts` exports this as `createMedia`; main.ts loads it when it is there. */
export type CreateMedia = (options: MediaOptions, log: (level: 'info' | 'warn' | 'error', text: string, data?: Record<string, unknown>) => void) => MediaPort
