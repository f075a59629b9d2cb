// What a telephone recorded, as sound that a recogniser reads: one voice, 16 bits, 16 kHz.
export const RATE = 16_000

/** Samples from -1 to 1 as a WAV file. */
export function waveOf(samples: Float32Array): Blob {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2))
  const word = (at: number, text: string) => { for (const [i, letter] of [...text].entries()) view.setUint8(at + i, letter.codePointAt(0) ?? 0) }
  word(0, 'RIFF'); view.setUint32(4, 36 + samples.length * 2, true); word(8, 'WAVEfmt '); view.setUint32(16, 16, true)
  view.setUint16(20, 1, true); view.setUint16(22, 1, true); view.setUint32(24, RATE, true); view.setUint32(28, RATE * 2, true); view.setUint16(32, 2, true); view.setUint16(34, 16, true)
  word(36, 'data'); view.setUint32(40, samples.length * 2, true)
  samples.forEach((value, i) => view.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, value)) * 32_767), true))
  return new Blob([view.buffer], { type: 'audio/wav' })
}

/** Decodes whatever the device recorded and mixes it down. Rejects what the browser cannot read. */
export async function toWave(file: Blob): Promise<Blob> {
  const reader = new AudioContext()
  try {
    const sound = await reader.decodeAudioData(await file.arrayBuffer())
    const mixer = new OfflineAudioContext(1, Math.max(1, Math.ceil(sound.duration * RATE)), RATE)
    const source = mixer.createBufferSource()
    source.buffer = sound
    source.connect(mixer.destination)
    source.start()
    return waveOf((await mixer.startRendering()).getChannelData(0))
  } finally {
    void reader.close()
  }
}
