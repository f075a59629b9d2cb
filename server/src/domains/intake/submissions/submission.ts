// Pure rules of a submission: its title, and how answers read in the content.
import { intakeTexts } from '../texts.zh-CN.ts'

const TITLE = 30

/** The first sentence, at most 30 characters: what people write first is what it is about. */
export function titleOf(content: string): string {
  const first = content.split(/[。！？!?\n；;]/).map((s) => s.trim()).find((s) => s.length > 1) ?? content.trim()
  const letters = [...first]
  return letters.length <= TITLE ? first : `${letters.slice(0, TITLE - 1).join('')}…`
}

/** Content with the answers below it, each on a line of its own; questions without an answer say so. */
export function withAnswers(content: string, answers: readonly { name: string; value: string }[]): string {
  if (answers.length === 0) return content
  return [content, '', intakeTexts.answersTitle, ...answers.map((a) => `${a.name}：${a.value === '' ? intakeTexts.unknownAnswer : a.value}`)].join('\n')
}
