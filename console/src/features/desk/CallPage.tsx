// The agent desk: one registration at a time, the others wait as cards. The open draft is in the address.
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { channels, emptyForm, newDraftId } from './call-form.ts'
import type { CallForm } from './call-form.ts'
import { CallDesk } from './CallDesk.tsx'

/** A call that came in on a merged hotline opens that line's form. */
const withLine = (line: string | null): CallForm => { const blank = emptyForm(); return line ? { ...blank, fields: { ...blank.fields, line } } : blank }

export default function CallPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  const channel = channels.find((one) => one === params.get('channel')) ?? 'phone'
  const kept: Record<string, string> = channel === 'phone' ? {} : { channel }
  const asked = params.get('draft')
  const [fresh, setFresh] = useState(newDraftId)
  const [made, setMade] = useState(0)
  const started = useRef(new Map<string, CallForm>())
  const id = asked ?? fresh
  // Opened by a ringing call: nothing is stored under this form yet.
  if (asked && params.get('fresh') && !started.current.has(asked)) started.current.set(asked, { ...withLine(params.get('line')), phone: params.get('phone') ?? '', ...(params.get('person') ? { requesterId: params.get('person') ?? undefined } : {}) })
  // a form begun here is in memory; any other draft is read
  if (!asked && !started.current.has(id)) started.current.set(id, { ...emptyForm(channel), phone: params.get('phone') ?? '' })
  const open = (next: string) => {
    started.current.delete(next)
    setMade(made + 1)
    setParams({ ...kept, draft: next })
  }
  return (
    <CallDesk key={`${id}:${made}`} draftId={id} initial={started.current.get(id) ?? null}
      onTouched={() => { if (!asked || params.has('fresh')) setParams({ ...kept, draft: id }, { replace: true }) }}
      onOpen={open}
      onNew={(form) => {
        const next = newDraftId()
        started.current.set(next, form ?? emptyForm(channel))
        setFresh(next)
        setParams(form ? { ...kept, draft: next } : kept)
      }} />
  )
}
