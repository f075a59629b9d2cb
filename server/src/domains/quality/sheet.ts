// Score sheets: two levels of indicators, points, items that decide alone; what a filled-in sheet is worth. Pure.
import { z } from 'zod'

export const objectKinds = ['call', 'chat', 'order'] as const
export type ObjectKind = (typeof objectKinds)[number]

const code = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const item = z.object({
  code,
  name: z.string().trim().min(1).max(40),
  points: z.number().int().min(0).max(100),
  /** How it is scored, as inspectors read it. */
  details: z.string().trim().max(400).default(''),
  /** A person must score it before he submits. */
  mandatory: z.boolean().default(false),
  /** Failed alone: the whole sheet is worth nothing. */
  fatal: z.boolean().default(false),
})
export const sheetDefinition = z.object({
  fullScore: z.number().int().min(1).max(1000).default(100),
  passScore: z.number().int().min(0).max(1000).default(80),
  /** deduct: from the full score; add: from nothing, an item that was not scored earns nothing. */
  counting: z.enum(['deduct', 'add']).default('deduct'),
  grades: z.array(z.object({ name: z.string().trim().min(1).max(20), from: z.number().int().min(0) })).min(1).max(10),
  groups: z.array(z.object({ code, name: z.string().trim().min(1).max(40), items: z.array(item).min(1).max(30) })).min(1).max(12),
})
export type SheetDefinition = z.output<typeof sheetDefinition>
export type SheetItem = z.output<typeof item>

export const itemsOf = (sheet: SheetDefinition): SheetItem[] => sheet.groups.flatMap((group) => group.items)

/** What is wrong with a sheet, by field; null where it can be released. */
export function sheetFault(sheet: SheetDefinition): { path: string; message: string } | null {
  const items = itemsOf(sheet)
  const total = items.filter((one) => !one.fatal).reduce((sum, one) => sum + one.points, 0)
  if (total !== sheet.fullScore) return { path: 'definition.groups', message: `各指标分值合计 ${total}，应为 ${sheet.fullScore}` }
  const codes = [...sheet.groups.map((group) => group.code), ...items.map((one) => one.code)]
  const twice = codes.find((one, index) => codes.indexOf(one) !== index)
  if (twice) return { path: 'definition.groups', message: `编码“${twice}”重复` }
  if (sheet.passScore > sheet.fullScore) return { path: 'definition.passScore', message: '合格分不能高于满分' }
  if (!sheet.grades.some((one) => one.from === 0)) return { path: 'definition.grades', message: '等级须从 0 分起' }
  return null
}

export type Deducted = { item_code: string; points: number }
export type Filled = { deductions: readonly Deducted[]; fatal: readonly string[]; /** Items that were scored; only read where points are added up. */ scored?: readonly string[] }

/** Points of an item that are left: never below nothing, however often a rule hit. */
export const leftOf = (one: SheetItem, deductions: readonly Deducted[]): number => Math.max(0, one.points - deductions.filter((d) => d.item_code === one.code).reduce((sum, d) => sum + d.points, 0))

export function pointsOf(sheet: SheetDefinition, filled: Filled): number {
  if (filled.fatal.length > 0) return 0
  const counted = itemsOf(sheet).filter((one) => !one.fatal && (sheet.counting === 'deduct' || !filled.scored || filled.scored.includes(one.code)))
  return counted.reduce((sum, one) => sum + leftOf(one, filled.deductions), 0)
}

export const gradeOf = (sheet: SheetDefinition, points: number): string => sheet.grades.toSorted((a, b) => b.from - a.from).find((one) => points >= one.from)?.name ?? ''

/** Mandatory items nobody has scored yet. */
export const unscored = (sheet: SheetDefinition, scored: readonly string[]): SheetItem[] => itemsOf(sheet).filter((one) => one.mandatory && !one.fatal && !scored.includes(one.code))
