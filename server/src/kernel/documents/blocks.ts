// What a document is made of, whatever it is written as: one model, so that Word, PDF and Excel cannot disagree.
import type { Chart } from './chart.ts'

/** `doubtful` stands out in print: a number nobody can trace. */
export type Run = string | { text: string; bold?: boolean; tone?: Tone }
export type Tone = 'plain' | 'good' | 'bad' | 'quiet' | 'doubtful'

export type Column = { label: string; /** Share of the width, 10 by default. */ width?: number; align?: 'start' | 'end' | 'center' }
export type Cell = string | { text: string; tone?: Tone }
export type Card = { label: string; value: string; unit?: string; note?: string; tone?: Tone }

export type Block =
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; runs: Run[]; /** Two characters in, as prose is set. */ indent?: boolean; align?: 'start' | 'center' | 'end'; size?: 'small' }
  | { kind: 'cards'; cards: Card[] }
  /** The head is repeated on every page; the last `totals` rows are bold. */
  | { kind: 'table'; title?: string; columns: Column[]; rows: Cell[][]; totals?: number; empty?: string }
  | { kind: 'chart'; title?: string; chart: Chart; /** Points; 200 by default. */ height?: number }
  /** Side by side, in equal parts. */
  | { kind: 'row'; blocks: Block[] }
  /** What the reader should know of the document itself: missing data, limits. */
  | { kind: 'note'; text: string }
  | { kind: 'break' }

export type DocumentContent = {
  title: string
  /** Beneath the title: period, issuing body. */
  subtitle?: string
  /** A document without a masthead is a list: its title stands in the header of each page. */
  masthead?: boolean
  landscape?: boolean
  /** In the header of each page, right. */
  header?: string
  /** In the footer of each page, left; page n / m stands right. */
  footer?: string
  watermark?: string
  /** A PDF opens with it only; the other formats have none. */
  password?: string
  blocks: Block[]
}

export const documentFormats = ['pdf', 'docx', 'xlsx'] as const
export type DocumentFormat = (typeof documentFormats)[number]
export const documentTypes: Record<DocumentFormat, string> = {
  pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export const textOf = (run: Run | Cell): string => (typeof run === 'string' ? run : run.text)
export const toneOf = (run: Run | Cell): Tone => (typeof run === 'string' ? 'plain' : (run.tone ?? 'plain'))

/** Colours of the product's design tokens, without the sign, as both writers want them. */
export const ink = { text: '1B2430', quiet: '4A5563', hint: '667085', line: 'D5DCE6', sunk: 'E9EEF5', soft: 'F3F6FA', primary: '1456A8', primarySoft: 'E3EEFB', good: '00695C', bad: 'B3171D', near: '8A4B00', nearSoft: 'FFF0CC' } as const
export const toneColour: Record<Tone, string> = { plain: ink.text, good: ink.good, bad: ink.bad, quiet: ink.hint, doubtful: ink.near }

/** Control characters have no place in XML; a document with one would not open. */
// oxlint-disable-next-line no-control-regex -- these are what is taken out
export const clean = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
