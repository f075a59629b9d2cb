// The elements of the matter against what was written: read ones are filled in, answers that say nothing are asked again, and then left.
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { changeDraft, currentDraft, type Draft } from '../../draft/draft.ts'
import type { Question } from './OtherSteps.tsx'

export function useElements(draft: Draft, questions: readonly Question[], shown: boolean): { read: readonly string[]; check: () => Promise<Record<string, string>> } {
  const [read, setRead] = useState<readonly string[]>([])
  const tries = useRef(new Map<string, number>())
  const matterId = draft.matter?.id
  const asked = questions.length > 0
  const send = useCallback(() => {
    const d = currentDraft()
    const answers = Object.entries(d.answers).map(([code, value]) => ({ code, value, tries: tries.current.get(code) ?? 0 }))
    return call('checkElements', { matterId: d.matter?.id ?? '', ...(d.appealType ? { appealType: d.appealType } : {}), text: d.content.slice(0, 2000), address: [d.area?.name, d.address].filter(Boolean).join(''), answers })
  }, [])
  useEffect(() => {
    if (!shown || !matterId || !asked) return
    send().then((found) => {
      if (found.read.length === 0) return
      changeDraft({ answers: { ...Object.fromEntries(found.read.map((r) => [r.code, r.value])), ...currentDraft().answers } })
      setRead(found.read.map((r) => r.code))
    }, () => undefined)
  }, [shown, matterId, asked, send])
  /** Fields to answer again, with why. Without a network nothing is asked twice. */
  const check = async (): Promise<Record<string, string>> => {
    if (!matterId || !asked) return {}
    const found = await send().catch(() => null)
    if (!found) return {}
    if (found.standard.length > 0) changeDraft({ answers: { ...currentDraft().answers, ...Object.fromEntries(found.standard.map((s) => [s.code, s.value])) } })
    for (const one of found.again) tries.current.set(one.code, (tries.current.get(one.code) ?? 0) + 1)
    return Object.fromEntries(found.again.map((one) => [`answers.${one.code}`, one.message]))
  }
  return { read, check }
}
