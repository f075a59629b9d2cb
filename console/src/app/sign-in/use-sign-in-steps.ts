// The steps of signing in, for the desk and for the phone: each answer names the next one.
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import type { SignInStep } from '../../api/session.ts'

export type Step = 'password' | 'totp' | 'enrol' | 'changePassword'

export type SignInSteps = { step: Step; problem: Problem | null; busy: boolean; run(work: () => Promise<SignInStep | undefined>): Promise<void>; go(answer: SignInStep | undefined): void; fail(error: unknown): void; back(): void }

/** Starts at `first`; `onDone` when the last answer asks for nothing more. */
export function useSignInSteps(first: Step, onDone: () => void): SignInSteps {
  const [step, setStep] = useState<Step>(first)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const go = (answer: SignInStep | undefined) => {
    if (!answer || answer.next === 'done') onDone()
    else setStep(answer.next === 'totp' && answer.enrol ? 'enrol' : answer.next)
  }
  const fail = (error: unknown) => setProblem(asProblem(error))
  const run = async (work: () => Promise<SignInStep | undefined>) => {
    setBusy(true)
    setProblem(null)
    try {
      go(await work())
    } catch (error) {
      fail(error)
    } finally {
      setBusy(false)
    }
  }
  return { step, problem, busy, run, go, fail, back: () => { setStep('password'); setProblem(null) } }
}
