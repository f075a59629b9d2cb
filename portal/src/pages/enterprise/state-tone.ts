import type { Tone } from '../../kit/Blocks.tsx'

export const stateTone = (state: string): Tone => (state === 'active' ? 'ok' : state === 'pending' ? 'near' : state === 'paused' ? 'over' : 'calm')
