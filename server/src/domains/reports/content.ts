// A report as produced: every figure keeps the question it came from, so that it opens its rows as long as the report is kept.
import { z } from 'zod'
import { chartKinds } from '../../kernel/documents/index.ts'
import { sectionKeys } from './template.ts'

const value = z.string().nullable()
const values = z.record(z.string(), value)
const where = z.array(z.object({ dimension: z.string(), values: z.array(z.string().nullable()) }))
const keys = z.array(z.object({ dimension: z.string(), key: z.string().nullable(), name: z.string() }))
export const figure = z.object({ indicator: z.string(), name: z.string(), counted: z.boolean().describe('Its rows can be opened'), statement: z.string(), from: z.string(), to: z.string(), where, keys })
export const run = z.object({ text: z.string(), figure: figure.optional(), untraced: z.boolean().optional().describe('A number typed by hand') })
const column = z.object({ code: z.string(), name: z.string(), unit: z.string(), direction: z.enum(['up', 'down', 'none']), counted: z.boolean(), statement: z.string() })
export const answer = z.object({ from: z.string(), to: z.string(), where, columns: z.array(column), rows: z.array(z.object({ keys, values, before: values.nullable() })), groups: z.int(), total: values, before: z.object({ from: z.string(), to: z.string(), total: values }).nullable(), compare: z.enum(['previous', 'lastYear']).nullable(), heads: z.array(z.string()).default([]).describe('What the rows are grouped by; none in reports made before they were kept') })
const base = { id: z.string() }
export const produced = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('heading'), text: z.string() }),
  z.object({ ...base, kind: z.literal('text'), runs: z.array(run), generated: z.array(run).describe('As produced, to compare with'), by: z.string().nullable().describe('Who edited it last') }),
  z.object({ ...base, kind: z.literal('data'), look: z.enum(['cards', 'table', ...chartKinds]), title: z.string(), half: z.boolean(), answer, sentence: z.array(run) }),
  z.object({ ...base, kind: z.literal('list'), title: z.string(), columns: z.array(z.object({ label: z.string(), width: z.number(), end: z.boolean() })), rows: z.array(z.object({ cells: z.array(z.string()), number: z.string().nullable() })), more: z.int(), empty: z.string() }),
  z.object({ ...base, kind: z.literal('note'), text: z.string() }),
])
export const content = z.object({ title: z.string(), subtitle: z.string(), asOf: z.number(), basis: z.string().default('').describe('Whose rights it was counted with; empty in reports made before it was kept'), sections: z.array(z.object({ key: z.enum(sectionKeys), blocks: z.array(produced) })) })
export type Figure = z.output<typeof figure>
export type TextRun = z.output<typeof run>
export type Answer = z.output<typeof answer>
export type Produced = z.output<typeof produced>
export type Content = z.output<typeof content>

export const plainText = (runs: readonly TextRun[]): string => runs.map((r) => r.text).join('')

/** As readers have it: what an editor took out of a text is not kept beside it, nor who did. */
export const asRead = (held: Content): Content => ({ ...held, sections: held.sections.map((section) => ({ ...section, blocks: section.blocks.map((block) => (block.kind === 'text' ? { ...block, generated: block.runs, by: null } : block)) })) })
