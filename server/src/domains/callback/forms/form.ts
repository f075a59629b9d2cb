// The rules of the personal form: its states, and by which manner a callback begins. Pure.
export const formStates = ['sent', 'answered', 'expired', 'followed', 'undelivered', 'closed'] as const
export type FormState = (typeof formStates)[number]

export const mannerSteps = ['wish', 'robot', 'sms', 'person'] as const
export type MannerStep = (typeof mannerSteps)[number]
export type MannerFacts = { wish: string; confidential: boolean; smsReady: boolean; robotReady: boolean }

/**
 * The first step of the tenant's order that can be gone. Who wished an SMS gets one at the step "wish"; a wished call is a person's
 * or a robot's. Confidential orders are asked by persons only, and a person always can.
 */
export function mannerOf(steps: readonly MannerStep[], facts: MannerFacts): 'person' | 'robot' | 'sms' {
  if (facts.confidential) return 'person'
  for (const step of steps) {
    if (step === 'person') return 'person'
    if (step === 'wish' && facts.wish === 'sms' && facts.smsReady) return 'sms'
    if (step === 'robot' && facts.robotReady) return 'robot'
    if (step === 'sms' && facts.smsReady) return 'sms'
  }
  return 'person'
}

export type FormFacts = { state: FormState; expiresAt: number; taskOpen: boolean; sameRound: boolean; pending: boolean }

/** Why a form cannot be answered; null while it can. It works once, until its period ends, and only while its own round is asked about. */
export function closedBecause(form: FormFacts, now: number): 'answered' | 'expired' | 'ended' | null {
  if (form.state === 'answered') return 'answered'
  if (form.state === 'expired' || (form.expiresAt <= now && (form.state === 'sent' || form.state === 'followed'))) return 'expired'
  if (form.state === 'closed' || form.state === 'undelivered' || !form.taskOpen || !form.sameRound || !form.pending) return 'ended'
  return null
}
