// G.711 (ITU-T G.711, 11/88) as tables: both laws to linear 16 bit and back, and from one law to the other.

function alawToLinear(code: number): number {
  const value = code ^ 0x55
  const segment = (value & 0x70) >> 4
  let magnitude = (value & 0x0f) << 4
  magnitude += segment === 0 ? 8 : 0x108
  if (segment > 1) magnitude <<= segment - 1
  return value & 0x80 ? magnitude : -magnitude
}

function linearToAlaw(sample: number): number {
  const mask = sample >= 0 ? 0xd5 : 0x55
  const magnitude = sample >= 0 ? sample >> 3 : (-sample - 1) >> 3
  let segment = 0
  for (let limit = 0x1f; magnitude > limit && segment < 7; limit = limit * 2 + 1) segment++
  return ((segment << 4) | (segment < 2 ? (magnitude >> 1) & 0x0f : (magnitude >> segment) & 0x0f)) ^ mask
}

const BIAS = 0x84

function ulawToLinear(code: number): number {
  const value = ~code & 0xff
  const magnitude = (((value & 0x0f) << 3) + BIAS) << ((value & 0x70) >> 4)
  return value & 0x80 ? BIAS - magnitude : magnitude - BIAS
}

function linearToUlaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_635) + BIAS
  let segment = 7
  for (let mask = 0x4000; segment > 0 && (magnitude & mask) === 0; mask >>= 1) segment--
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff
}

/** Linear samples by A-law code. */
export const ALAW = Int16Array.from({ length: 256 }, (_, code) => alawToLinear(code))
export const ULAW = Int16Array.from({ length: 256 }, (_, code) => ulawToLinear(code))
/** A-law codes by `sample + 32768`. */
export const TO_ALAW = Uint8Array.from({ length: 65_536 }, (_, i) => linearToAlaw(i - 32_768))
export const TO_ULAW = Uint8Array.from({ length: 65_536 }, (_, i) => linearToUlaw(i - 32_768))
export const ALAW_TO_ULAW = Uint8Array.from({ length: 256 }, (_, code) => linearToUlaw(alawToLinear(code)))
export const ULAW_TO_ALAW = Uint8Array.from({ length: 256 }, (_, code) => linearToAlaw(ulawToLinear(code)))

export const ALAW_SILENCE = 0xd5
/** Samples and bytes of 20 ms. */
export const FRAME = 160
