/**
 * Reads the notation in which the matter texts of this folder are written, so that they stay prose:
 *
 *   # 领域｜归口大类
 *   ## 目录｜主管部门｜承办层级｜办结依据｜受理条件
 *   @ 事项｜要素! 要素｜标记        (! = required)
 *   = 办结标准；办结标准*          (* = evidence required)
 *   > what the unit found and did
 *   诉求类型｜标题｜内容｜诉求｜处置 (consultation: the answer stands in place of the wish; the outcome may be left out)
 *
 * Marks: w5 frequency, 城 or 乡 where it arises, 月11-3 months, 部门=, 协= assisting department, 级= level,
 * 紧急= or 重大= condition of urgency. A type may carry months too: 投诉@4-5.
 */
import { appealTypeCodes, type AppealTypeCode } from '../appeal-types.ts'
import { departmentKeys, type DepartmentKey } from '../departments.ts'

export type HandlingLevel = 'city' | 'county' | 'street'
/** First and last month (1–12); may pass over the year's end. */
export type Months = readonly [number, number]

export interface ParsedSaying {
  type: AppealTypeCode
  title: string
  body: string
  /** What is asked for; in a consultation the answer; may be empty. */
  wish: string
  /** What the unit found and did in this very case; empty: the matter's. */
  outcome: string
  months: Months | null
}

export interface ParsedMatter {
  name: string
  department: DepartmentKey
  assist: DepartmentKey | null
  level: HandlingLevel
  setting: 'urban' | 'rural' | 'any'
  months: Months | null
  weight: number
  urgency: { level: 'urgent' | 'major'; when: string } | null
  elements: { name: string; required: boolean }[]
  standard: { text: string; evidence: boolean }[]
  outcome: string
  sayings: ParsedSaying[]
}

export interface ParsedDirectory {
  name: string
  department: DepartmentKey
  level: HandlingLevel
  basis: string
  conditions: string
  matters: ParsedMatter[]
}

export interface ParsedField {
  name: string
  categoryGroup: string
  directories: ParsedDirectory[]
}

const levels: Record<string, HandlingLevel> = { 市级: 'city', 区县: 'county', 街道: 'street' }

function lookUp<T>(table: Record<string, T>, key: string, line: string): T {
  const value = table[key]
  if (value === undefined) throw new Error(`"${key}" not known in: ${line}`)
  return value
}

function department(name: string, line: string): DepartmentKey {
  const key = departmentKeys.find((known) => known === name)
  if (!key) throw new Error(`department "${name}" not known in: ${line}`)
  return key
}

function months(text: string | undefined): Months | null {
  const match = /^(\d+)-(\d+)$/.exec(text ?? '')
  return match ? [Number(match[1]), Number(match[2])] : null
}

function fields(line: string, count: number): string[] {
  const parts = line.split('｜').map((part) => part.trim())
  if (parts.length > count) throw new Error(`more than ${count} fields: ${line}`)
  return Array.from({ length: count }, (_, index) => parts[index] ?? '')
}

function applyMark(matter: ParsedMatter, mark: string, line: string): void {
  const [key = '', value = ''] = mark.split('=')
  if (/^w\d+$/.test(key)) matter.weight = Number(key.slice(1))
  else if (key === '城') matter.setting = 'urban'
  else if (key === '乡') matter.setting = 'rural'
  else if (key.startsWith('月')) matter.months = months(key.slice(1))
  else if (key === '部门') matter.department = department(value, line)
  else if (key === '协') matter.assist = department(value, line)
  else if (key === '级') matter.level = lookUp(levels, value, line)
  else if (key === '紧急') matter.urgency = { level: 'urgent', when: value }
  else if (key === '重大') matter.urgency = { level: 'major', when: value }
  else throw new Error(`mark "${mark}" not known in: ${line}`)
}

function parseMatter(line: string, directory: ParsedDirectory): ParsedMatter {
  const [name = '', elements = '', marks = ''] = fields(line.slice(2), 3)
  const matter: ParsedMatter = {
    name,
    department: directory.department,
    assist: null,
    level: directory.level,
    setting: 'any',
    months: null,
    weight: 1,
    urgency: null,
    elements: elements
      .split(' ')
      .filter(Boolean)
      .map((element) => ({ name: element.replace('!', ''), required: element.endsWith('!') })),
    standard: [],
    outcome: '',
    sayings: [],
  }
  for (const mark of marks.split(' ').filter(Boolean)) applyMark(matter, mark, line)
  return matter
}

function parseSaying(line: string): ParsedSaying {
  const [kind = '', title = '', body = '', wish = '', outcome = ''] = fields(line, 5)
  const [type = '', span] = kind.split('@')
  return { type: lookUp(appealTypeCodes, type, line), title, body, wish, outcome, months: months(span) }
}

/** Parses one field file; throws with the offending line. */
export function parseFields(source: string): ParsedField[] {
  const parsed: ParsedField[] = []
  const need = <T>(item: T | undefined, line: string): T => {
    if (item === undefined) throw new Error(`line out of place: ${line}`)
    return item
  }
  for (const line of source.trim().split('\n')) {
    const field = parsed.at(-1)
    const directory = field?.directories.at(-1)
    const matter = directory?.matters.at(-1)
    if (line.startsWith('# ')) {
      const [name = '', categoryGroup = ''] = fields(line.slice(2), 2)
      parsed.push({ name, categoryGroup, directories: [] })
    } else if (line.startsWith('## ')) {
      const [name = '', owner = '', level = '', basis = '', conditions = ''] = fields(line.slice(3), 5)
      need(field, line).directories.push({
        name, department: department(owner, line), level: lookUp(levels, level, line), basis, conditions, matters: [],
      })
    } else if (line.startsWith('@ ')) {
      const owner = need(directory, line)
      owner.matters.push(parseMatter(line, owner))
    } else if (line.startsWith('= ')) {
      need(matter, line).standard = line
        .slice(2)
        .split('；')
        .map((point) => ({ text: point.replace('*', ''), evidence: point.endsWith('*') }))
    } else if (line.startsWith('> ')) need(matter, line).outcome = line.slice(2)
    else need(matter, line).sayings.push(parseSaying(line))
  }
  return parsed
}
