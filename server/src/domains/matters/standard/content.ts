// What each kind of standard object says: the fields people edit, review and compare. Used by contract, import and review alike.
import { z } from 'zod'
import { isCreditCode } from '../../../kernel/crypto/index.ts'
import { DURATION_UNITS, type Duration } from '../../../kernel/time/index.ts'

export const standardKinds = ['directory', 'matter', 'dutyEntry', 'appealType', 'schemeNode', 'enterprise', 'dutyLine'] as const
export type StandardKind = (typeof standardKinds)[number]

export const standardStates = ['draft', 'pendingReview', 'effective', 'rejected', 'withdrawn', 'offline', 'void'] as const
export type StandardState = (typeof standardStates)[number]

export const elementTypes = ['text', 'number', 'date', 'choice', 'multiple', 'person', 'telephone', 'address', 'file'] as const
export const limitClocks = ['sign', 'response', 'handling', 'resultReview', 'firstContact'] as const
export type LimitClock = (typeof limitClocks)[number]

const code = z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/, { error: '编码只能用字母、数字、点、横线和下划线，最长 50 位' })
const name = z.string().trim().min(1).max(100)
const text = z.string().trim().max(4000)
const area = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/, { error: '区划代码为 6、9 或 12 位数字' })
const day = z.iso.date()

export const duration = z.object({
  amount: z.number().gt(0, { error: '时限必须大于 0' }).max(10_000),
  unit: z.enum(DURATION_UNITS as readonly [Duration['unit'], ...Duration['unit'][]]),
})

/** One thing to ask for. `dependsOn`: asked only when another element has one of the values. */
export const element = z.object({
  code,
  name,
  type: z.enum(elementTypes),
  required: z.boolean().default(false),
  options: z.array(z.string().trim().min(1).max(100)).max(200).optional(),
  /** Regular expression the whole value must match. */
  format: z.string().max(300).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  help: z.string().max(300).optional(),
  /** How an agent or a robot asks for it. */
  prompt: z.string().max(300).optional(),
  masked: z.boolean().default(false),
  dependsOn: z.object({ code, equals: z.array(z.string()).min(1) }).optional(),
})
export type MatterElement = z.output<typeof element>
const elements = z.array(element).max(60)

export const closingItem = z.object({ text: z.string().trim().min(1).max(500), evidence: z.boolean().default(false) })
export type ClosingItem = z.output<typeof closingItem>

export const directoryContent = z.object({
  code,
  name,
  parentId: z.uuid().nullable().default(null),
  sort: z.number().int().default(0),
  description: text.nullable().default(null),
  elements: elements.default([]),
})

export const matterContent = z.object({
  code,
  name,
  directoryId: z.uuid(),
  competentUnitId: z.uuid().nullable().default(null),
  division: z.string().trim().max(200).nullable().default(null),
  appealTypes: z.array(z.string().max(50)).max(30).default([]),
  conditions: text.nullable().default(null),
  materials: text.nullable().default(null),
  /** Handling limit of ordinary orders; rules of the matter with more conditions are limit rules. */
  duration: duration.nullable().default(null),
  closingStandard: z.array(closingItem).max(30).default([]),
  closingBasis: text.nullable().default(null),
  elements: elements.default([]),
  rules: z.object({ callback: z.boolean().optional(), replyTemplate: z.string().max(2000).optional() }).default({}),
  levels: z.array(z.number().int().min(1).max(5)).max(5).default([]),
  vertical: z.boolean().default(false),
  keywords: z.array(z.string().trim().min(1).max(50)).max(50).default([]),
})

export const dutyRoles = ['lead', 'assist', 'negative'] as const
export type DutyRole = (typeof dutyRoles)[number]

export const dutyEntryContent = z.object({
  matterId: z.uuid(),
  unitId: z.uuid(),
  role: z.enum(dutyRoles),
  areaCode: area,
  implementationCode: z.string().trim().max(100).nullable().default(null),
  implementationName: z.string().trim().max(200).nullable().default(null),
  matterType: z.string().trim().max(100).nullable().default(null),
  implementationType: z.string().trim().max(100).nullable().default(null),
  /** Where the duty ends; of a negative entry: why the unit must not get it. */
  boundary: text.nullable().default(null),
  validFrom: day.nullable().default(null),
  validTo: day.nullable().default(null),
})

export const appealTypeRules = z.object({
  /** Whether a result of this type is called back. */
  callback: z.boolean().default(true),
  anonymity: z.boolean().default(true),
  /** May be closed by an answer without dispatch. */
  answerable: z.boolean().default(false),
})
export type AppealTypeRules = z.output<typeof appealTypeRules>

export const appealTypeContent = z.object({
  code,
  name,
  description: text.nullable().default(null),
  parentId: z.string().max(50).nullable().default(null),
  rules: appealTypeRules.default({ callback: true, anonymity: true, answerable: false }),
  elements: elements.default([]),
  sort: z.number().int().default(0),
})

export const schemeNodeContent = z.object({
  scheme: z.string().max(50),
  code,
  name,
  parentId: z.uuid().nullable().default(null),
  examples: text.nullable().default(null),
  externalCode: z.string().trim().max(50).nullable().default(null),
  ownerUnitId: z.uuid().nullable().default(null),
  validFrom: day.nullable().default(null),
  validTo: day.nullable().default(null),
  sort: z.number().int().default(0),
})

export const dutyLineKinds = ['responsibility', 'power', 'negative'] as const
export type DutyLineKind = (typeof dutyLineKinds)[number]

/** A line of one of the three lists: what a unit has to do about a matter, what it may do, what it must not be given. */
export const dutyLineContent = z.object({
  kind: z.enum(dutyLineKinds),
  matterId: z.uuid(),
  unitId: z.uuid(),
  text: z.string().trim().min(1).max(2000),
  basis: text.nullable().default(null),
  validFrom: day.nullable().default(null),
  validTo: day.nullable().default(null),
})

const label = z.string().trim().min(1).max(60)
export const enterpriseContent = z.object({
  creditCode: z.string().trim().toUpperCase().refine(isCreditCode, { error: '统一社会信用代码不正确（18位，含校验位）' }),
  name: z.string().trim().min(2).max(200),
  aliases: z.array(z.string().trim().min(1).max(200)).max(30).default([]),
  areaCode: area.nullable().default(null),
  address: z.string().trim().max(300).nullable().default(null),
  ownership: label.nullable().default(null),
  industry: label.nullable().default(null),
  size: label.nullable().default(null),
  legalPerson: label.nullable().default(null),
  /** Telephone numbers of an enterprise are business numbers: kept as written. */
  contacts: z.array(z.object({ name: label, phone: z.string().trim().max(40), post: z.string().trim().max(40).optional() })).max(10).default([]),
  labels: z.array(label).max(30).default([]),
  source: label.nullable().default(null),
})

export type DirectoryContent = z.output<typeof directoryContent>
export type MatterContent = z.output<typeof matterContent>
export type DutyEntryContent = z.output<typeof dutyEntryContent>
export type AppealTypeContent = z.output<typeof appealTypeContent>
export type SchemeNodeContent = z.output<typeof schemeNodeContent>
export type DutyLineContent = z.output<typeof dutyLineContent>
export type EnterpriseContent = z.output<typeof enterpriseContent>
