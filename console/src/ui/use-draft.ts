// Autosave of a form: memory → this machine at once → server every 15 s, or as the site says, where it has a place for it.
import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDraft, keepDraft, recallDraft } from './drafts.ts'
import { t } from './texts.zh-CN.ts'
import { clockTime, now } from './time.ts'

export type DraftState = 'clean' | 'saving' | 'local' | 'saved'

export type Draft = {
  /** What an earlier visit left, once; the form decides whether to take it. */
  restored: unknown
  state: DraftState
  /** 已保存 14:03:22 / 保存中… / 仅存本机. */
  text: string
  /** After the server has confirmed the act, or when the person discards it. */
  clear: () => void
}

const serverEvery = 15_000
const localAfter = 300

/**
 * Keeps `value` under `key`; `save` writes the server's working copy, every `every` milliseconds while it changes. A null value is "nothing typed yet" and is not kept.
 */
export function useDraft({ key, value, save, every = serverEvery }: { key: string | null; value: unknown; save?: (value: unknown) => Promise<void>; every?: number }): Draft {
  const [restored, setRestored] = useState<unknown>(undefined)
  const [state, setState] = useState<DraftState>('clean')
  const [at, setAt] = useState(0)
  const latest = useRef(value)
  latest.current = value
  const saver = useRef(save)
  saver.current = save
  const sent = useRef('')
  const cleared = useRef(false)

  useEffect(() => {
    cleared.current = false
    sent.current = ''
    setState('clean')
    setRestored(undefined)
    if (!key) return
    let alive = true
    void recallDraft(key).then((found) => { if (alive && found !== undefined) setRestored(found) })
    return () => { alive = false }
  }, [key])

  const text = value === null || value === undefined ? null : JSON.stringify(value)
  useEffect(() => {
    if (!key || text === null || cleared.current) return
    const timer = setTimeout(() => {
      void keepDraft(key, latest.current).then(() => {
        setAt(now())
        setState((before) => (before === 'saved' && sent.current === text ? before : 'local'))
      })
    }, localAfter)
    return () => clearTimeout(timer)
  }, [key, text])

  const toServer = save !== undefined
  useEffect(() => {
    if (!key || !toServer) return
    const timer = setInterval(() => {
      const next = JSON.stringify(latest.current)
      if (!saver.current || latest.current === null || next === sent.current || cleared.current) return
      setState('saving')
      saver.current(latest.current).then(
        () => {
          sent.current = next
          setAt(now())
          setState('saved')
        },
        () => setState('local'),
      )
    }, every)
    return () => clearInterval(timer)
  }, [key, toServer, every])

  const clear = useCallback(() => {
    cleared.current = true
    if (key) dropDraft(key)
    setState('clean')
  }, [key])

  const words = { clean: '', saving: t('draft.saving'), local: save ? t('draft.local') : t('draft.saved', { time: clockTime(at || now()) }), saved: t('draft.saved', { time: clockTime(at || now()) }) }
  return { restored, state, text: words[state], clear }
}
