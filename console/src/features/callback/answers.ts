// What the requester said, as typed: three questions, reasons, and why it cannot be saved yet. Pure.
import type { InputOf, OutputOf } from '../../api/call.ts'
import { t } from './texts.zh-CN.ts'

export type Options = OutputOf<'callbackOptions'>
export type Statement = 'yes' | 'no' | 'notStated'
export type Question = 'contacted' | 'solved' | 'satisfied'
export const questions: Question[] = ['contacted', 'solved', 'satisfied']

export type Answers = {
  contacted?: Statement
  solved?: Statement
  satisfied?: Statement
  /** Grade of satisfaction; only together with `satisfied`. */
  grade?: string
  reasons: string[]
  opinion: string
  suggestion: string
  attributable: boolean
  notAttributableReason: string
  wayNote: string
  /** Rating items of the order's kind that were answered: name → grade. */
  items: Record<string, string>
}

export const blank: Answers = { reasons: [], opinion: '', suggestion: '', attributable: true, notAttributableReason: '', wayNote: '', items: {} }
export const mostReasons = 3

export type Choice = { value: string; label: string; statement: Statement }

/** Choices of a question in the order of their keys 1, 2, 3 …; satisfaction is asked in the tenant's grades. */
export function choicesOf(question: Question, grades: Options['grades']): Choice[] {
  const none: Choice = { value: 'notStated', label: t('stated.notStated'), statement: 'notStated' }
  if (question === 'satisfied') return [...grades.map((grade) => ({ value: grade.code, label: grade.name, statement: grade.satisfied })), none]
  return [{ value: 'yes', label: t('stated.yes'), statement: 'yes' }, { value: 'no', label: t('stated.no'), statement: 'no' }, none]
}

export const chosen = (answers: Answers, question: Question): string | undefined => (question === 'satisfied' ? (answers.grade ?? answers.satisfied) : answers[question])

/** Pressed again, an answer is taken back. */
export function rateItem(answers: Answers, name: string, grade: string): Answers {
  const { [name]: before, ...rest } = answers.items
  return { ...answers, items: before === grade ? rest : { ...rest, [name]: grade } }
}

/** The answers with one more said; what only a dissatisfied person is asked disappears with the dissatisfaction. */
export function choose(answers: Answers, question: Question, choice: Choice): Answers {
  const next: Answers = { ...answers, [question]: choice.statement, ...(question === 'satisfied' ? { grade: choice.statement === 'notStated' ? undefined : choice.value } : {}) }
  return isDissatisfied(next) ? next : { ...next, reasons: [], attributable: true, notAttributableReason: '' }
}

export function toggleReason(answers: Answers, reason: string): Answers {
  if (answers.reasons.includes(reason)) return { ...answers, reasons: answers.reasons.filter((one) => one !== reason) }
  return answers.reasons.length >= mostReasons ? answers : { ...answers, reasons: [...answers.reasons, reason] }
}

export const isDissatisfied = (answers: Answers): boolean => answers.solved === 'no' || answers.satisfied === 'no'

export type Gap = 'way' | Question | 'reasons' | 'notAttributable'

/** What is still missing, first things first; the page says so beside the disabled button. */
export function gapsOf(answers: Answers, callsAvailable: boolean): Gap[] {
  const gaps: Gap[] = []
  if (!callsAvailable && !answers.wayNote.trim()) gaps.push('way')
  for (const question of questions) if (!answers[question]) gaps.push(question)
  if (isDissatisfied(answers) && answers.reasons.length === 0 && !answers.opinion.trim()) gaps.push('reasons')
  if (!answers.attributable && !answers.notAttributableReason.trim()) gaps.push('notAttributable')
  return gaps
}

/** What is sent; undefined while something is missing. */
export function bodyOf(id: string, answers: Answers, callsAvailable: boolean): InputOf<'completeCallback'> | undefined {
  const { contacted, solved, satisfied } = answers
  if (gapsOf(answers, callsAvailable).length > 0 || !contacted || !solved || !satisfied) return undefined
  const said = (text: string) => text.trim() || undefined
  const wayNote = said(answers.wayNote)
  return {
    id, contacted, solved, satisfied, grade: answers.grade, items: Object.entries(answers.items).map(([name, grade]) => ({ name, grade })), reasons: answers.reasons, opinion: said(answers.opinion), suggestion: said(answers.suggestion), way: wayNote ? 'otherWay' : 'call', wayNote,
    attributable: answers.attributable, notAttributableReason: answers.attributable ? undefined : said(answers.notAttributableReason),
  }
}

/** A draft comes from the store of this machine and may be of an older form. */
export function isAnswers(value: unknown): value is Answers {
  return typeof value === 'object' && value !== null && 'reasons' in value && Array.isArray(value.reasons) && 'opinion' in value && typeof value.opinion === 'string' && 'wayNote' in value && typeof value.wayNote === 'string'
    && 'items' in value && typeof value.items === 'object' && value.items !== null && 'suggestion' in value && typeof value.suggestion === 'string' && 'attributable' in value && typeof value.attributable === 'boolean' && 'notAttributableReason' in value && typeof value.notAttributableReason === 'string'
}
