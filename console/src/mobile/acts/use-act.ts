// The life of one act's form: draft on the device, one attempt per text, errors at the field, back to the order when it is done.
import { say } from '@minsheng/portal/kit'
import type { FieldErrors } from '@minsheng/portal/kit'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { RequestOptions } from '../../api/http.ts'
import { newKey } from '../../api/http.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { dropDraft, keepDraft, recallDraft } from '../../ui/drafts.ts'
import { t } from '../texts.zh-CN.ts'

/** Everything that shows orders. */
export const orderQueries = ['getOrderByNumber', 'orderProfile', 'orderTimeline', 'unitBoard', 'unitAssignments', 'listOrderRequests', 'listMyFlowTasks', 'showFlowInstance', 'listOrders', 'orderCounts', 'orderUrges', 'orderInstructions', 'listInstructions', 'listSupervisionTasks', 'showSupervisionTask'] as const

export type ActState<V> = {
  value: V
  set: (change: Partial<V>) => void
  errors: FieldErrors
  problem: Problem | null
  busy: boolean
  /** What was typed is in the device's store. */
  saved: boolean
  ready: boolean
  /** The cause of an error is gone, as when a photo was added. */
  clear: (field: string) => void
  submit: (checks: FieldErrors, send: (options: RequestOptions) => Promise<unknown>) => void
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

export function useAct<V extends object>(name: string, initial: V, done: { label: string; number: string; after?: () => void }): ActState<V> {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [value, setValue] = useState(initial)
  const [errors, setErrors] = useState<FieldErrors>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [ready, setReady] = useState(false)
  const attempt = useRef({ text: '', key: '' })
  const finished = useRef(false)

  useEffect(() => {
    let gone = false
    void recallDraft(name).then((draft) => {
      if (gone) return
      if (isObject(draft)) setValue((now) => ({ ...now, ...draft }))
      setReady(true)
    })
    return () => { gone = true }
  }, [name])

  const set = (change: Partial<V>) => {
    setValue((old) => {
      const next = { ...old, ...change }
      if (!finished.current) void keepDraft(name, next).then(() => setSaved(true))
      return next
    })
    setErrors((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))))
  }
  const clear = (field: string) => setErrors((old) => (field in old ? Object.fromEntries(Object.entries(old).filter(([one]) => one !== field)) : old))
  const submit = (checks: FieldErrors, send: (options: RequestOptions) => Promise<unknown>) => {
    setErrors(checks)
    if (Object.keys(checks).length > 0 || busy) return
    const text = JSON.stringify(value)
    // the same words again are the same attempt: pressing twice makes one result
    if (attempt.current.text !== text) attempt.current = { text, key: newKey() }
    setBusy(true)
    setProblem(null)
    void send({ idempotencyKey: attempt.current.key }).then(
      async () => {
        finished.current = true
        dropDraft(name)
        done.after?.()
        say(t('form.done', { act: done.label }))
        await Promise.all(orderQueries.map((one) => client.invalidateQueries({ queryKey: [one] })))
        if (window.history.state?.idx > 0) void navigate(-1)
        else void navigate(`/m/orders/${done.number}`, { replace: true })
      },
      (error: unknown) => {
        const caught = asProblem(error)
        if (!caught.undecided) attempt.current = { text: '', key: '' }
        setErrors(Object.fromEntries(caught.fields.map((one) => [one.path.split('.')[0] ?? one.path, one.message])))
        setProblem(caught.fields.length > 0 ? null : caught)
        setBusy(false)
        if (caught.status === 409) void client.invalidateQueries({ queryKey: ['getOrderByNumber'] })
      },
    )
  }
  return { value, set, errors, problem, busy, saved, ready, clear, submit }
}
