import { expect, test } from 'vitest'
import { ringsAt } from './phone-state.ts'

const party = (agent: string, state: 'ringing' | 'up') => ({ legId: agent, role: 'agent' as const, state, agent, number: null, name: null, muted: false, mode: 'talk' as const })
const call = { callId: 'c', direction: 'internal' as const, kind: 'consult' as const, state: 'dialling' as const, since: 0, startedAt: 0, answeredAt: null, from: '', to: '', serviceNumber: null, class: 'ordinary', marks: [], language: 'zh', queue: null, agent: null, linkedTo: null, parties: [party('asking', 'up'), party('asked', 'ringing')], recordingId: null, context: {}, slot: null }

test('被咨询的座席在拨出的通话里仍是振铃，发起人不是', () => {
  expect(['asked', 'asking', undefined].map((agent) => ringsAt(call, agent))).toEqual([true, false, false])
  expect(ringsAt({ ...call, parties: [party('asking', 'up'), party('asked', 'up')] }, 'asked')).toBe(false)
  expect(ringsAt({ ...call, state: 'ringing' }, undefined)).toBe(true)
})
