// Personal data in clear in a report: found by rule and shown with its place, decided by the person who publishes (ANA-37).
import { personalData } from '../../kernel/text/personal-data.ts'
import { plainText, type Content, type Produced } from './content.ts'
import { personalPlaces } from './texts.zh-CN.ts'

export type Personal = { place: string; kinds: string[] }

/** The words of a block, row by row; the number of an order is no number of a person. */
function wordsOf(b: Produced): string[] {
  switch (b.kind) {
    case 'heading': case 'note': return [b.text]
    case 'text': return [plainText(b.runs)]
    case 'data': return [`${b.title}\n${plainText(b.sentence)}`, ...b.answer.rows.map((row) => row.keys.map((k) => k.name).join('\n'))]
    case 'list': return [b.title, ...b.rows.map((row) => row.cells.filter((cell) => cell !== row.number).join('\n'))]
  }
}

/** Where the report holds personal data, and of which kinds; never the data itself. */
export function personalIn(name: string, content: Content): Personal[] {
  const found: Personal[] = []
  const look = (place: string, text: string): void => {
    const kinds = personalData(text)
    if (kinds.length > 0) found.push({ place, kinds })
  }
  look(personalPlaces.name, `${name}\n${content.title}\n${content.subtitle}`)
  for (const s of content.sections) s.blocks.forEach((b, i) => { wordsOf(b).forEach((text, row) => { look(personalPlaces.block(s.key, i + 1, row), text) }) })
  return found
}

/** In one line, for refusals and the history. */
export const personalWords = (found: readonly Personal[]): string => found.slice(0, 10).map((f) => `${f.place}（${f.kinds.join('、')}）`).join('；')
