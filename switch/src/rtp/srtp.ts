// SRTP with AES_CM_128_HMAC_SHA1_80 (RFC 3711), the one suite that every SDES peer must have (RFC 4568 §6.2).
// Not werift's: that one keeps no list against replayed packets and moves its rollover counter before a packet is authenticated.
import { createCipheriv, createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'

const KEY = 16
const SALT = 14
const AUTH = 20
export const TAG = 10
const WINDOW = 64
/** A peer that changes its source more often in one call is broken; its older sources are forgotten. */
const MOST_SOURCES = 8

/** A fresh master key and salt, base64, as a session description carries them. */
export const newMasterKey = (): string => randomBytes(KEY + SALT).toString('base64')

/** Whether a text is a master key and salt of this suite. */
export const isMasterKey = (text: string): boolean => /^[A-Za-z0-9+/]{40}$/.test(text)

/** Session keys of a master key and salt (RFC 3711 §4.3, key derivation rate 0). */
export function sessionKeys(master: Buffer): { cipher: Buffer; salt: Buffer; auth: Buffer } {
  const derive = (label: number, length: number): Buffer => {
    const iv = Buffer.alloc(16)
    master.copy(iv, 0, KEY, KEY + SALT)
    iv[7] = (iv[7] ?? 0) ^ label
    return createCipheriv('aes-128-ctr', master.subarray(0, KEY), iv).update(Buffer.alloc(length))
  }
  return { cipher: derive(0, KEY), auth: derive(1, AUTH), salt: derive(2, SALT) }
}

type Keys = { cipher: KeyObject; auth: KeyObject; salt: Buffer }

function keysOf(master: string): Keys {
  const { cipher, auth, salt } = sessionKeys(Buffer.from(master, 'base64'))
  return { cipher: createSecretKey(cipher), auth: createSecretKey(auth), salt } // made once: a key given as bytes costs 27 µs a packet more
}

/** Length of a packet's head, which stays readable; 0 for what is no RTP. */
function headLength(bytes: Uint8Array): number {
  const [b0 = 0, b1 = 0] = bytes
  const type = b1 & 0x7f
  if (bytes.length < 12 || b0 >> 6 !== 2 || (type >= 72 && type <= 76)) return 0
  const fixed = 12 + (b0 & 0x0f) * 4
  if (!(b0 & 0x10)) return fixed
  return bytes.length < fixed + 4 ? 0 : fixed + 4 + (((bytes[fixed + 2] ?? 0) << 8) | (bytes[fixed + 3] ?? 0)) * 4
}

function crypt(keys: Keys, packet: Buffer, roc: number, payload: Buffer): Buffer {
  const iv = Buffer.alloc(16)
  keys.salt.copy(iv)
  iv.writeUInt32BE((iv.readUInt32BE(4) ^ packet.readUInt32BE(8)) >>> 0, 4)
  iv.writeUInt32BE((iv.readUInt32BE(8) ^ roc) >>> 0, 8)
  iv.writeUInt16BE(iv.readUInt16BE(12) ^ packet.readUInt16BE(2), 12)
  return createCipheriv('aes-128-ctr', keys.cipher, iv).update(payload)
}

function tagOf(keys: Keys, authenticated: Buffer, roc: number): Buffer {
  const counter = Buffer.alloc(4)
  counter.writeUInt32BE(roc)
  return createHmac('sha1', keys.auth).update(authenticated).update(counter).digest().subarray(0, TAG)
}

/** Makes RTP packets of one sender into SRTP; they must come in the order of their sequence numbers. */
export function createSealer(master: string): (packet: Buffer) => Buffer {
  const keys = keysOf(master)
  const sources = new Map<number, { roc: number; last: number }>()
  return (packet) => {
    const [ssrc, seq] = [packet.readUInt32BE(8), packet.readUInt16BE(2)]
    const state = sources.get(ssrc) ?? { roc: 0, last: seq }
    if (seq < state.last && state.last - seq > 0x8000) state.roc = (state.roc + 1) >>> 0
    state.last = seq
    sources.set(ssrc, state)
    const head = headLength(packet)
    const sealed = Buffer.concat([packet.subarray(0, head), crypt(keys, packet, state.roc, packet.subarray(head))])
    return Buffer.concat([sealed, tagOf(keys, sealed, state.roc)])
  }
}

type Source = { highest: number; seen: Float64Array }

/** Opens SRTP packets: the RTP packet, or null for what is forged, changed, replayed or too old. */
export function createOpener(master: string): (packet: Buffer) => Buffer | null {
  const keys = keysOf(master)
  const sources = new Map<number, Source>()

  /** The packet's place in the whole stream: rollover counter × 2^16 + sequence number (RFC 3711 §3.3.1). */
  function indexOf(source: Source | undefined, seq: number): number {
    if (!source) return seq
    const roc = Math.floor(source.highest / 65_536)
    const far = seq - (source.highest % 65_536)
    return (far < -0x8000 ? roc + 1 : far > 0x8000 && roc > 0 ? roc - 1 : roc) * 65_536 + seq
  }

  return (packet) => {
    const head = headLength(packet)
    const end = packet.length - TAG
    if (head === 0 || end < head) return null
    const ssrc = packet.readUInt32BE(8)
    const known = sources.get(ssrc)
    const index = indexOf(known, packet.readUInt16BE(2))
    if (known && (index <= known.highest - WINDOW || known.seen[index % WINDOW] === index)) return null
    const roc = Math.floor(index / 65_536)
    const authenticated = packet.subarray(0, end)
    if (!timingSafeEqual(packet.subarray(end), tagOf(keys, authenticated, roc))) return null
    const source = known ?? { highest: index, seen: new Float64Array(WINDOW).fill(-1) }
    if (!known && sources.size >= MOST_SOURCES) sources.delete(sources.keys().next().value ?? 0)
    source.highest = Math.max(source.highest, index)
    source.seen[index % WINDOW] = index
    sources.set(ssrc, source)
    return Buffer.concat([packet.subarray(0, head), crypt(keys, packet, roc, packet.subarray(head, end))])
  }
}
