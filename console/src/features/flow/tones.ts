// Colours of states, the same on all pages.
export const stateTones = { draft: 'near', scheduled: 'low', published: 'ok', history: 'calm' } as const
export const instanceTones = { running: 'near', approved: 'ok', returned: 'over', ended: 'calm' } as const
