// Proposals for the form that is being filled in: asked with every pause in typing, taken by a key; typed text is never replaced by itself (AI-01, AI-15).
import { useEffect, useMemo, useRef, useState } from 'react'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { fieldOf } from './call-form.ts'
import type { CallForm } from './call-form.ts'
import { t } from './texts.zh-CN.ts'

type Answer = OutputOf<'suggest'>
type Field = 'appealType' | 'categoryId' | 'matterId' | 'areaCode' | 'address' | 'title' | 'phone' | 'name'
export type Choice = { value: string; name: string; confidence: number; evidence: readonly string[] }
/** What may be put into one field, surest first. */
export type Line = { field: Field; label: string; choices: readonly Choice[]; suggestionId?: string; taken: string | null; byMachine: boolean }
export type Suggestions = {
  lines: readonly Line[]
  units: readonly Choice[]
  /** Read but not to be used: numbers that cannot be right. */
  doubtful: readonly string[]
  summary: string | null
  pending: boolean
  failed: boolean
  /** Fields a machine filled and nobody has confirmed yet. */
  unconfirmed: readonly string[]
  take: (line: Line, choice: Choice) => void
  takeAll: () => void
}

const PAUSE = 900
const fieldsOf: Record<string, Field> = { 'appeal-type': 'appealType', category: 'categoryId', matter: 'matterId' }
const order: Field[] = ['appealType', 'categoryId', 'matterId', 'areaCode', 'address', 'title', 'phone', 'name']

function questionOf(form: CallForm): Omit<InputOf<'suggest'>, 'objectId'> | null {
  const [title, content] = [fieldOf(form, 'title') ?? '', fieldOf(form, 'content') ?? '']
  if (title.length + content.length < 6) return null
  return { objectType: 'draft', title, content, address: fieldOf(form, 'address') ?? '', appealType: fieldOf(form, 'appealType'), matterId: fieldOf(form, 'matterId'), areaCode: fieldOf(form, 'areaCode') }
}

const valueOf = (form: CallForm, field: Field): string => (field === 'phone' ? form.phone.replaceAll(/[\s-]/g, '') : field === 'name' ? form.requester.name : (fieldOf(form, field) ?? ''))

function filled(form: CallForm, field: Field, value: string): Partial<CallForm> {
  if (field === 'phone') return { phone: value }
  if (field === 'name') return { requester: { ...form.requester, name: value } }
  return { fields: { ...form.fields, [field]: value } }
}

/** Lines of an answer; what the form already says stands as taken. */
function linesOf(answer: Answer, form: CallForm, machine: Readonly<Record<string, string>>): Line[] {
  const found = new Map<Field, { choices: Choice[]; suggestionId?: string }>()
  for (const one of answer.suggestions) {
    const field = fieldsOf[one.application]
    if (field) found.set(field, { choices: [...one.candidates], suggestionId: one.id })
  }
  for (const one of answer.elements) {
    const field: Field | null = one.kind === 'area' ? 'areaCode' : one.kind === 'address' ? 'address' : one.kind === 'phone' ? 'phone' : one.kind === 'person' ? 'name' : null
    if (!field || !one.valid) continue
    const held = found.get(field)?.choices ?? []
    if (!held.some((c) => c.value === one.value)) found.set(field, { choices: [...held, { value: one.value, name: one.kind === 'area' ? one.raw : one.value, confidence: one.confidence, evidence: one.raw === one.value ? [] : [one.raw] }] })
  }
  if (answer.title) found.set('title', { choices: [{ value: answer.title, name: answer.title, confidence: 0.6, evidence: [] }] })
  return order.flatMap((field): Line[] => {
    const one = found.get(field)
    const now = valueOf(form, field)
    if (!one || one.choices.length === 0) return []
    const taken = one.choices.find((c) => c.value === now)?.value ?? null
    // what the caller wrote himself needs no second title, address or number
    if (taken === null && now !== '' && one.suggestionId === undefined) return []
    return [{ field, label: field === 'title' ? t('suggest.title.field') : t(`suggest.${field}`), choices: one.choices, suggestionId: one.suggestionId, taken, byMachine: taken !== null && machine[field] === now }]
  })
}

export function useSuggestions(form: CallForm, change: (changes: Partial<CallForm>) => void, draftId: string, active: boolean): Suggestions {
  const { can } = useSession()
  const question = useMemo(() => questionOf(form), [form])
  const text = question ? JSON.stringify({ title: question.title, content: question.content, address: question.address }) : ''
  const [asked, setAsked] = useState('')
  /** Values that were put in without a person, by field. */
  const [machine, setMachine] = useState<Record<string, string>>({})
  const offered = useRef(new Set<string>())
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  const on = active && can('ai.use')
  // asked again when words change, not with every choice made
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  const settled = useMemo(() => (asked === '' ? null : question), [asked])
  const found = useQueryOf('suggest', { objectId: draftId, objectType: 'draft', ...settled }, { enabled: on && settled !== null, staleTime: 60_000, keepPrevious: true })
  const answer = settled === null || !on ? undefined : found.data
  const lines = answer ? linesOf(answer, form, machine) : []

  useEffect(() => {
    // prefill: only where the tenant said so, only sure values, only empty fields, once
    for (const one of answer?.suggestions ?? []) {
      const field = fieldsOf[one.application]
      const first = one.candidates[0]
      if (!field || !first || one.mode !== 'prefill' || first.confidence < one.threshold || offered.current.has(field) || valueOf(form, field) !== '') continue
      offered.current.add(field)
      setMachine((held) => ({ ...held, [field]: first.value }))
      change(filled(form, field, first.value))
      return // the next one with the next state of the form
    }
  }, [answer, form, change])

  const report = (line: Line, value: string): void => {
    if (line.suggestionId) void call('decideSuggestion', { id: line.suggestionId, chosen: value }).catch(() => undefined)
  }
  const confirmed = (fields: readonly string[]): void => setMachine((held) => Object.fromEntries(Object.entries(held).filter(([field]) => !fields.includes(field))))
  return {
    lines, units: answer?.suggestions.find((one) => one.application === 'dispatch')?.candidates ?? [], doubtful: (answer?.elements ?? []).filter((one) => !one.valid).map((one) => one.raw), summary: answer?.summary ?? null,
    pending: on && found.isFetching, failed: on && found.error !== null && found.error !== undefined, unconfirmed: lines.filter((line) => line.byMachine).map((line) => line.field),
    take: (line, choice) => {
      offered.current.add(line.field)
      confirmed([line.field])
      report(line, choice.value)
      change(filled(form, line.field, choice.value))
    },
    takeAll: () => {
      let next: CallForm = form
      for (const line of lines) {
        const first = line.choices[0]
        if (!first) continue
        offered.current.add(line.field)
        if (line.taken === null && valueOf(form, line.field) !== '') continue
        report(line, line.taken ?? first.value)
        if (line.taken === null) next = { ...next, ...filled(next, line.field, first.value) }
      }
      confirmed(lines.map((line) => line.field))
      if (next !== form) change({ phone: next.phone, requester: next.requester, fields: next.fields })
    },
  }
}
