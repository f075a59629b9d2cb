// Speech by espeak-ng as a separate process, made into A-law at 8 kHz. null where it is not installed.
import { spawn } from 'node:child_process'
import { TO_ALAW } from '../rtp/g711.ts'
import { readWav, resample } from './wav.ts'

const VOICES: Readonly<Record<string, string>> = { zh: 'cmn', 'zh-CN': 'cmn', en: 'en', ru: 'ru', ug: 'ug', kk: 'kk' }
const USUAL_WPM = 165
const LONGEST_TEXT = 2000
const PATIENCE_MS = 15_000

let missing = false

/** `speed` 1 is usual, 0.7 is thirty per cent slower. */
export async function synthesise(text: string, language: string, speed: number): Promise<Uint8Array | null> {
  if (missing || text.trim() === '') return null
  const wav = await run(['-v', VOICES[language] ?? 'cmn', '-s', String(Math.round(USUAL_WPM * Math.min(2, Math.max(0.5, speed)))), '--stdout', '--stdin'], text.slice(0, LONGEST_TEXT))
  const sound = wav && readWav(wav)
  if (!sound) return null
  const samples = resample(sound.samples, sound.rate, 8000)
  return Uint8Array.from(samples, (sample) => TO_ALAW[sample + 32_768] ?? 0xd5)
}

function run(args: readonly string[], input: string): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const child = spawn('espeak-ng', args, { stdio: ['pipe', 'pipe', 'ignore'], timeout: PATIENCE_MS })
    const chunks: Buffer[] = []
    child.on('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') missing = true
      resolve(null)
    })
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stdin.on('error', () => {})
    child.on('close', (status) => resolve(status === 0 ? Buffer.concat(chunks) : null))
    child.stdin.end(input)
  })
}
