// A document as Word: styles a person can go on editing with, tables with a repeated head, charts as pictures.
import { AlignmentType, BorderStyle, Document, Footer, Header, HeadingLevel, ImageRun, Packer, PageBreak, PageNumber, Paragraph, ShadingType, Table, TableCell, TableRow, TabStopType, TextRun, VerticalAlign, WidthType, type ITableCellOptions } from 'docx'
import { clean, ink, textOf, toneColour, toneOf, type Block, type DocumentContent, type Run, type Tone } from './blocks.ts'
import { chartPng } from './draw-chart.ts'

const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体', cs: 'Times New Roman' }
const hei = { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体', cs: 'Arial' }
/** Twentieths of a point. */
const PAGE = { short: 11906, long: 16838, side: 1134 }
const DXA_A_PIXEL = 15
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const rule = { style: BorderStyle.SINGLE, size: 4, color: ink.line } as const
const strong = { style: BorderStyle.SINGLE, size: 8, color: ink.primary } as const

type Part = Paragraph | Table
const words = (text: string, more: { bold?: boolean; tone?: Tone; size?: number; colour?: string; head?: boolean } = {}): TextRun =>
  new TextRun({ text: clean(text), font: more.head ? hei : song, bold: more.bold ?? false, size: more.size ?? 22, color: more.colour ?? toneColour[more.tone ?? 'plain'], ...(more.tone === 'doubtful' ? { shading: { type: ShadingType.CLEAR, fill: ink.nearSoft } } : {}) })
const runs = (list: readonly Run[], size?: number): TextRun[] => list.map((r) => words(textOf(r), { tone: toneOf(r), bold: typeof r !== 'string' && r.bold === true, ...(size ? { size } : {}) }))
const aligned = { start: AlignmentType.LEFT, center: AlignmentType.CENTER, end: AlignmentType.RIGHT } as const
const box = (children: Part[], width: number, more: Partial<ITableCellOptions> = {}): TableCell => new TableCell({ children, width: { size: Math.round(width), type: WidthType.DXA }, verticalAlign: VerticalAlign.CENTER, margins: { top: 50, bottom: 50, left: 90, right: 90 }, ...more })
const grid = (rows: TableRow[], widths: number[], borders: Record<'top' | 'bottom' | 'left' | 'right' | 'insideHorizontal' | 'insideVertical', { style: (typeof BorderStyle)[keyof typeof BorderStyle]; size: number; color: string }>): Table =>
  new Table({ rows, columnWidths: widths.map(Math.round), width: { size: Math.round(widths.reduce((a, b) => a + b, 0)), type: WidthType.DXA }, borders })
const bare = { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
const space = (after = 120): Paragraph => new Paragraph({ children: [], spacing: { after } })

function cards(block: Extract<Block, { kind: 'cards' }>, width: number): Part[] {
  const across = Math.min(4, block.cards.length)
  const each = width / across
  const white = { style: BorderStyle.SINGLE, size: 24, color: 'FFFFFF' } as const
  const rows = Array.from({ length: Math.ceil(block.cards.length / across) }, (_, row) => new TableRow({
    cantSplit: true,
    children: Array.from({ length: across }, (__, i) => {
      const card = block.cards[row * across + i]
      return box(card ? [new Paragraph({ children: [words(card.label, { size: 18, tone: 'quiet' })] }), new Paragraph({ children: [words(card.value, { size: 34, bold: true, colour: ink.primary, head: true }), words(card.unit ? ` ${card.unit}` : '', { size: 18, tone: 'quiet' })] }), new Paragraph({ children: [words(card.note ?? '', { size: 17, tone: card.tone ?? 'quiet' })] })] : [new Paragraph({})], each, { shading: { type: ShadingType.CLEAR, fill: ink.soft } })
    }),
  }))
  return [grid(rows, Array.from({ length: across }, () => each), { top: white, bottom: white, left: white, right: white, insideHorizontal: white, insideVertical: white }), space()]
}

function table(block: Extract<Block, { kind: 'table' }>, width: number): Part[] {
  const total = block.columns.reduce((sum, c) => sum + (c.width ?? 10), 0)
  const widths = block.columns.map((c) => ((c.width ?? 10) / total) * width)
  const firstTotal = block.rows.length - (block.totals ?? 0)
  const line = (texts: { text: string; tone?: Tone }[], more: { head?: boolean; bold?: boolean }): TableRow => new TableRow({
    tableHeader: more.head ?? false, cantSplit: true,
    children: block.columns.map((c, i) => box([new Paragraph({ alignment: aligned[c.align ?? 'start'], children: [words(texts[i]?.text ?? '', { size: 18, bold: (more.head ?? false) || (more.bold ?? false), tone: texts[i]?.tone ?? 'plain', ...(more.head ? { colour: ink.primary, head: true } : {}) })] })], widths[i] ?? 0, more.head ? { shading: { type: ShadingType.CLEAR, fill: ink.primarySoft } } : more.bold ? { shading: { type: ShadingType.CLEAR, fill: ink.sunk } } : {})),
  })
  const rows = block.rows.map((r, at) => line(block.columns.map((_, i) => ({ text: textOf(r[i] ?? ''), tone: toneOf(r[i] ?? '') })), { bold: at >= firstTotal }))
  const empty = new TableRow({ children: [box([new Paragraph({ alignment: AlignmentType.CENTER, children: [words(block.empty ?? '本期没有数据', { size: 18, tone: 'quiet' })] })], width, { columnSpan: block.columns.length })] })
  return [
    ...(block.title ? [new Paragraph({ keepNext: true, spacing: { before: 80, after: 60 }, children: [words(block.title, { size: 21, bold: true, head: true })] })] : []),
    grid([line(block.columns.map((c) => ({ text: c.label })), { head: true }), ...(rows.length > 0 ? rows : [empty])], widths, { top: strong, bottom: strong, left: none, right: none, insideHorizontal: rule, insideVertical: none }), space(),
  ]
}

function partsOf(block: Block, width: number): Part[] {
  switch (block.kind) {
    case 'heading': return [new Paragraph({ heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2, keepNext: true, spacing: { before: block.level === 1 ? 280 : 160, after: 100 }, children: [words(block.text, { size: block.level === 1 ? 30 : 25, bold: true, head: true, colour: block.level === 1 ? ink.primary : ink.text })] })]
    case 'paragraph': return [new Paragraph({ alignment: aligned[block.align ?? 'start'], spacing: { after: 80, line: 360 }, ...(block.indent ? { indent: { firstLine: 440 } } : {}), children: runs(block.runs, block.size === 'small' ? 18 : undefined) })]
    case 'cards': return cards(block, width)
    case 'table': return table(block, width)
    case 'chart': {
      const size = { width: Math.round(width / DXA_A_PIXEL), height: Math.round((block.height ?? 200) * (4 / 3)) }
      const title = clean(block.title ?? '')
      return [...(title ? [new Paragraph({ keepNext: true, spacing: { before: 80, after: 40 }, children: [words(title, { size: 21, bold: true, head: true })] })] : []), new Paragraph({ spacing: { after: 120 }, children: [new ImageRun({ type: 'png', data: chartPng(block.chart, size), transformation: size, altText: { name: title, title, description: title } })] })]
    }
    case 'row': {
      const each = width / Math.max(1, block.blocks.length)
      return [grid([new TableRow({ cantSplit: true, children: block.blocks.map((b) => box(partsOf(b, each - 160), each, { verticalAlign: VerticalAlign.TOP, margins: { top: 0, bottom: 0, left: 60, right: 60 } })) })], block.blocks.map(() => each), bare), space(60)]
    }
    case 'note': return [new Paragraph({ spacing: { after: 120 }, shading: { type: ShadingType.CLEAR, fill: ink.nearSoft }, border: { left: { style: BorderStyle.SINGLE, size: 16, color: ink.near, space: 6 } }, children: [words(block.text, { size: 18, colour: ink.near })] })]
    case 'break': return [new Paragraph({ children: [new PageBreak()] })]
  }
}

export async function docxOf(content: DocumentContent): Promise<Buffer> {
  const wide = content.landscape ? PAGE.long : PAGE.short
  const width = wide - PAGE.side * 2
  const small = (text: string): TextRun => words(text, { size: 16, tone: 'quiet' })
  const masthead = [
    new Paragraph({ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, spacing: { after: 80 }, children: [words(content.title, { size: 48, bold: true, head: true, colour: ink.primary })] }),
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 160 }, border: { bottom: { style: BorderStyle.THICK_THIN_MEDIUM_GAP, size: 18, color: ink.primary, space: 6 } }, children: [words(content.subtitle ?? '', { size: 21, tone: 'quiet' })] }),
  ]
  const file = new Document({
    title: clean(content.title), creator: clean(content.footer ?? ''), styles: { default: { document: { run: { font: song, size: 22 } } } },
    sections: [{
      properties: { page: { size: { width: PAGE.short, height: PAGE.long, orientation: content.landscape ? 'landscape' : 'portrait' }, margin: { top: 1134, bottom: 1134, left: PAGE.side, right: PAGE.side } } },
      headers: { default: new Header({ children: [new Paragraph({ tabStops: [{ type: TabStopType.RIGHT, position: width }], children: [small(content.title), small(`\t${[content.header, content.watermark].filter(Boolean).join('  ')}`)] })] }) },
      footers: { default: new Footer({ children: [new Paragraph({ tabStops: [{ type: TabStopType.RIGHT, position: width }], children: [small(content.footer ?? ''), new TextRun({ size: 16, color: ink.hint, children: ['\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })] })] }) },
      children: [...(content.masthead === false ? [] : masthead), ...content.blocks.flatMap((b) => partsOf(b, width))],
    }],
  })
  return Packer.toBuffer(file)
}
