// The duplicate check of the form that is being filled in: asked with every pause in typing, answered by a choice (ORD-10).
import { useEffect, useMemo, useState } from 'react'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { fieldOf, numberOf } from './call-form.ts'
import type { CallForm } from './call-form.ts'

export type Duplicate = OutputOf<'checkDuplicates'>['samePerson'][number]
export type Choice = { choice: 'none' | 'repeat' | 'merge' | 'eventSet'; orderId?: string; number?: string }
export type Duplicates = {
  checkId: string
  samePerson: readonly Duplicate[]
  sameMatter: readonly Duplicate[]
  pending: boolean
  choice: Choice | null
  choose: (choice: Choice | null) => void
}

const PAUSE = 700

function questionOf(form: CallForm): Omit<InputOf<'checkDuplicates'>, 'id'> | null {
  const [title, content] = [fieldOf(form, 'title') ?? '', fieldOf(form, 'content') ?? '']
  const phone = form.phone.replaceAll(/[\s-]/g, '')
  if (title.length + content.length < 4) return null
  return {
    title, content: content.slice(0, 5000), ...(phone.length >= 7 ? { phone } : {}), requesterId: form.requesterId, matterId: fieldOf(form, 'matterId'), areaCode: fieldOf(form, 'areaCode'), address: fieldOf(form, 'address'),
    detailAddress: fieldOf(form, 'detailAddress'), lon: numberOf(form, 'lon'), lat: numberOf(form, 'lat'),
  }
}

export function useDuplicates(form: CallForm, checkId: string, active: boolean): Duplicates {
  const question = useMemo(() => questionOf(form), [form])
  const text = question ? JSON.stringify(question) : ''
  const [asked, setAsked] = useState('')
  const [choice, choose] = useState<Choice | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  // the effect sets `asked` from the same text that `question` was made of
  const settled = useMemo(() => (asked === '' ? null : JSON.parse(asked) as Omit<InputOf<'checkDuplicates'>, 'id'>), [asked])
  const found = useQueryOf('checkDuplicates', { id: checkId, ...settled }, { enabled: active && settled !== null, staleTime: 60_000, keepPrevious: true })
  const listed = settled === null ? undefined : found.data
  // the other orders of this very call are no repeats
  const others = (list: readonly Duplicate[] | undefined) => (list ?? []).filter((one) => one.orderId !== form.sameCallAs?.id)
  const data = { samePerson: others(listed?.samePerson), sameMatter: others(listed?.sameMatter) }
  const known = [...data.samePerson, ...data.sameMatter]
  // a choice for an order that is no longer listed is no choice
  const valid = choice && (choice.choice === 'none' || known.some((one) => one.orderId === choice.orderId)) ? choice : null
  return { checkId, ...data, pending: found.isFetching, choice: valid, choose }
}
