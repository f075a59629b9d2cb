// The form of one draft: what this machine and the server hold of it, kept every keystroke, saved in generations (ORD-04).
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { asProblem } from '../../api/problem.ts'
import { recallDraft } from '../../ui/drafts.ts'
import { say } from '../../ui/notices.ts'
import { clockTime, now } from '../../ui/time.ts'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import { useDraft } from '../../ui/use-draft.ts'
import { keepBeforePassing } from '../telephony/open-forms.ts'
import { draftTitle, emptyForm, formOf, isTouched } from './call-form.ts'
import type { CallForm } from './call-form.ts'
import { t } from './texts.zh-CN.ts'

type Kept = {
  form: CallForm
  ready: boolean
  /** 已保存 14:03:22 / 保存中… / 仅存本机. */
  text: string
  /** Somebody saved newer content of this draft elsewhere. */
  conflict: boolean
  change: (changes: Partial<CallForm>) => void
  /** 暂存. */
  save: () => Promise<void>
  /** After registration: no copy remains. */
  done: () => void
}

/** @param initial null: the draft exists and is read from this machine and the server; the newer copy wins */
export function useCallDraft(draftId: string, initial: CallForm | null): Kept {
  const [form, setForm] = useState<CallForm>(initial ?? emptyForm())
  const [ready, setReady] = useState(initial !== null)
  // a copy made by 再登记一件 is worth keeping at once
  const [dirty, setDirty] = useState(initial !== null && isTouched(initial))
  const [conflict, setConflict] = useState(false)
  const [byHand, setByHand] = useState<{ text: string; at: number } | null>(null)
  const generation = useRef(0)
  const sent = useRef('')
  const ended = useRef(false)
  const client = useQueryClient()
  const key = `desk-call:${draftId}`

  const store = useCallback(async (value: CallForm) => {
    const text = JSON.stringify(value)
    if (text === sent.current) return
    try {
      const saved = await call('saveDraft', { id: draftId, title: draftTitle(value), phone: value.phone, channel: value.channel, data: { ...value }, generation: generation.current })
      generation.current = saved.generation
      sent.current = text
      setConflict(false)
      void client.invalidateQueries({ queryKey: ['listDrafts'] })
    } catch (error) {
      if (asProblem(error).status === 409) setConflict(true)
      throw error
    }
  }, [draftId, client])
  // one save at a time: the next one needs the generation that the last one made
  const line = useRef<Promise<void>>(Promise.resolve())
  const push = useCallback((value: CallForm): Promise<void> => {
    const run = line.current.catch(() => undefined).then(() => store(value))
    line.current = run
    return run
  }, [store])
  const options = useQueryOf('orderOptions', {}, { staleTime: 600_000 })
  const draft = useDraft({
    key, value: dirty ? form : null, ...(options.data ? { every: options.data.backupSeconds * 1000 } : {}),
    save: async (value) => {
      const whole = formOf(value)
      if (whole) await push(whole)
    },
  })

  useEffect(() => {
    if (initial) return
    let alive = true
    const fromServer = call('getDraft', { id: draftId }).catch(() => null)
    void Promise.all([recallDraft(key), fromServer]).then(([local, server]) => {
      if (!alive) return
      const [here, there] = [formOf(local), formOf(server?.data)]
      if (server) generation.current = server.generation
      const newest = here && (!there || here.touchedAt > there.touchedAt) ? here : there
      if (newest) setForm(newest)
      if (newest && newest === here) setDirty(true)
      setReady(true)
    })
    return () => { alive = false }
  }, [draftId, key, initial])

  const latest = useRef({ form, dirty })
  latest.current = { form, dirty }
  useEffect(() => () => {
    // leaving the form for another card or page must not wait for the next save
    const last = latest.current
    if (last.dirty && !ended.current && isTouched(last.form)) push(last.form).catch(() => undefined)
  }, [push])

  useEffect(() => keepBeforePassing(async () => {
    if (latest.current.dirty && !ended.current && isTouched(latest.current.form)) await push(latest.current.form)
  }), [push])

  const text = byHand && byHand.text === JSON.stringify(form) ? kit('draft.saved', { time: clockTime(byHand.at) }) : draft.text
  return {
    form, ready, text, conflict,
    change: (changes) => {
      setDirty(true)
      setForm((before) => ({ ...before, ...changes, touchedAt: now() }))
    },
    save: async () => {
      const value = latest.current.form
      try {
        await push(value)
        setByHand({ text: JSON.stringify(value), at: now() })
        say(t('draftSaved'))
      } catch (error) {
        const problem = asProblem(error)
        say(problem.status === 409 ? t('draftConflict') : t('draftFailed', { why: problem.message }), 'over')
      }
    },
    done: () => {
      ended.current = true
      setDirty(false)
      draft.clear()
      void client.invalidateQueries({ queryKey: ['listDrafts'] })
    },
  }
}
