// Pure rules of a submission: its title, and how answers read in the content.
import { intakeTexts } from '../texts.zh-CN.ts'

const TITLE = 30
const SHORT = 22

/** The first sentence; a long one is cut at its last comma, else at 30 characters: what people write first is what it is about. */
export function titleOf(content: string): string {
  const first = content.split(/[。！？!?\n；;]/).map((s) => s.trim()).find((s) => s.length > 1) ?? content.trim()
  if ([...first].length <= SHORT) return first
  const clauses = first.split(/[，,、]/)
  let title = clauses[0] ?? ''
  for (const clause of clauses.slice(1)) {
    if ([...`${title}，${clause}`].length > SHORT) break
    title = `${title}，${clause}`
  }
  const letters = [...title]
  return letters.length <= TITLE ? title : `${letters.slice(0, TITLE - 1).join('')}…`
}

/** Content with the answers below it, each on a line of its own; questions without an answer say so. */
export function withAnswers(content: string, answers: readonly { name: string; value: string }[]): string {
  if (answers.length === 0) return content
  return [content, '', intakeTexts.answersTitle, ...answers.map((a) => `${a.name}：${a.value === '' ? intakeTexts.unknownAnswer : a.value}`)].join('\n')
}
