import type { Tone } from '../../ui/Tags.tsx'

const tones: Record<string, Tone> = { proposed: 'near', open: 'primary', dispatched: 'primary', answered: 'ok', sent: 'ok' }
export const setTone = (state: string): Tone => tones[state] ?? 'plain'
