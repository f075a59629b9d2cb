// A row of a foreign table as a registration, or what is wrong with it. Pure.
import { createHash } from 'node:crypto'
import { isMasked } from '../../../kernel/crypto/index.ts'
import { atLocalTime, isLocalDate, parseIso, plus, SECOND, type Instant } from '../../../kernel/time/index.ts'
import type { Registration } from '../register-order.ts'
import type { ImportMapping } from './import-fields.ts'

export type RowRules = {
  mapping: ImportMapping
  /** Where the rows come from; the same source and number are the same appeal. */
  source: string
  timeZone: string
  /** For rows without a type. */
  defaultType: string
  appealTypes: readonly { code: string; name: string }[]
  /** Codes in the file that exist. */
  isArea: (code: string) => boolean
}

export type RowResult = { key: string; input: Registration } | { errors: string[] }

const TITLE = 80
const CONTENT = 20_000
const EXTRA = 500

export function rowToOrder(values: Record<string, string>, rules: RowRules): RowResult {
  const of = (field: keyof ImportMapping): string => {
    const column = rules.mapping[field]
    return column === undefined ? '' : (values[column] ?? '').trim()
  }
  const errors: string[] = []
  const [title, content] = texts(of('title'), of('content'))
  if (content === '') errors.push('没有标题也没有内容')
  if (content.length > CONTENT) errors.push(`内容超过 ${CONTENT} 个字`)
  if (/\0/.test(title + content)) errors.push('内容含有无法保存的字符')
  const occurredAt = of('occurredAt') === '' ? undefined : readMoment(of('occurredAt'), rules.timeZone)
  if (occurredAt === null) errors.push(`时间“${of('occurredAt').slice(0, 40)}”读不懂`)
  const appealType = typeOf(of('appealType'), rules)
  if (appealType === null) errors.push(`诉求类型“${of('appealType').slice(0, 20)}”不存在`)
  if (errors.length > 0 || appealType === null || occurredAt === null) return { errors }
  const area = of('area')
  const areaCode = /^\d{6,12}$/.test(area) && rules.isArea(area) ? area : undefined
  // A place that is no code is still worth reading.
  const address = [areaCode ? '' : area, of('address')].filter(Boolean).join(' ').slice(0, 200)
  return {
    key: keyOf(values, rules, of('externalId')),
    input: {
      ...defaults, requester: requesterOf({ name: of('requesterName'), phone: of('phone'), userKey: of('userKey') }, rules.source), appealType, title, content, extra: extrasOf(values, rules.mapping), importSource: rules.source,
      importKey: keyOf(values, rules, of('externalId')), ...(occurredAt === undefined ? {} : { occurredAt }), ...(areaCode ? { areaCode } : {}), ...(address ? { address } : {}),
    },
  }
}

const defaults = { channel: 'import', requesterCount: 1, urgency: 'normal', confidential: false, callbackWanted: false, callbackManner: 'none', fileIds: [], muted: true } satisfies Partial<Registration>

/** A title is made of the content where there is none; one that is cut stands whole before the content. */
function texts(title: string, content: string): [string, string] {
  const first = (title || content.replace(/\s+/g, ' ').slice(0, 30)).trim()
  const cut = first.length > TITLE
  return [cut ? `${first.slice(0, TITLE - 1)}…` : first, cut ? `${first}\n${content || ''}`.trim() : content || first]
}

function typeOf(text: string, rules: RowRules): string | null {
  if (text === '') return rules.defaultType
  return rules.appealTypes.find((t) => t.code === text || t.name === text)?.code ?? null
}

/** A pseudonym is kept as an account of the source: its appeals belong together, nobody is named. */
function requesterOf(who: { name: string; phone: string; userKey: string }, source: string): Registration['requester'] {
  const unnamed = who.name === '' && who.phone === '' && who.userKey === ''
  return {
    subjectKind: 'person', name: (who.name || who.userKey).slice(0, 60), anonymous: unnamed, otherPhones: [], ...(who.phone && !isMasked(who.phone) ? { phone: who.phone } : {}),
    ...(who.userKey ? { idType: 'account', idNumber: `${source}/${who.userKey}`.slice(0, 200) } : {}),
  }
}

function extrasOf(values: Record<string, string>, mapping: ImportMapping): Record<string, string | number> {
  const taken = new Set(Object.values(mapping))
  const extras: Record<string, string | number> = {}
  for (const [column, value] of Object.entries(values)) {
    if (taken.has(column) || value === '') continue
    extras[column] = /^-?\d{1,9}$/.test(value) ? Number(value) : value.slice(0, EXTRA)
  }
  // The number that people know it by.
  if (mapping.externalId && values[mapping.externalId]) extras[mapping.externalId] = values[mapping.externalId] ?? ''
  return extras
}

/** Source and outside number, else the row itself: the same row is never registered twice. */
function keyOf(values: Record<string, string>, rules: RowRules, externalId: string): string {
  const what = externalId === '' ? JSON.stringify(Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1))) : `id:${externalId}`
  return createHash('sha256').update(`${rules.source}\n${what}`).digest('base64url').slice(0, 32)
}

const MOMENT = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?)?[秒分]?)?$/

/** `2019/2/14 20:00:00`, `2019-08-01`, `2019年8月1日 9时5分` in the tenant's zone, or ISO 8601 with its own; null for anything else. */
export function readMoment(text: string, timeZone: string): Instant | null {
  try {
    if (/(?:Z|[+-]\d\d:?\d\d)$/.test(text) && text.includes(':')) return parseIso(text)
    const match = MOMENT.exec(text.trim())
    if (!match) return null
    const two = (i: number): string => (match[i] ?? '0').padStart(2, '0')
    const date = `${match[1] ?? ''}-${two(2)}-${two(3)}`
    if (!isLocalDate(date) || Number(match[6] ?? 0) > 59) return null
    return plus(atLocalTime(date, `${two(4)}:${two(5)}`, timeZone), Number(match[6] ?? 0) * SECOND)
  } catch {
    return null
  }
}
