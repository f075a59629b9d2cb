/** The matter directory of the demo city: root, fields, second-level directories, 300 matters, and their texts. */
import { everydayWords } from './everyday-words.ts'
import type { AppealTypeCode } from '../appeal-types.ts'
import type { DepartmentKey } from '../departments.ts'
import { elementCatalogue, type DemoElement } from '../elements.ts'
import { unitForDepartment } from '../units.ts'
import { culture } from './culture.ts'
import { education } from './education.ts'
import { environment } from './environment.ts'
import { finance } from './finance.ts'
import { health } from './health.ts'
import { housing } from './housing.ts'
import { labour } from './labour.ts'
import { market } from './market.ts'
import { parseFields, type HandlingLevel, type Months, type ParsedDirectory, type ParsedMatter, type ParsedSaying } from './parse.ts'
import { police } from './police.ts'
import { resources } from './resources.ts'
import { rural } from './rural.ts'
import { safety } from './safety.ts'
import { transport } from './transport.ts'
import { urban } from './urban.ts'
import { utilities } from './utilities.ts'
import { welfare } from './welfare.ts'

export type { HandlingLevel, Months, ParsedSaying } from './parse.ts'

export interface DemoDirectory {
  code: string
  name: string
  /** 0 root, 1 field, 2 the leaves that hold matters. */
  level: 0 | 1 | 2
  parentCode: string | null
  sort: number
  description: string | null
}

export interface DemoMatter {
  code: string
  name: string
  directoryCode: string
  /** Unit of the city tenant. */
  competentUnitCode: string
  department: DepartmentKey
  assistDepartment: DepartmentKey | null
  handlingLevel: HandlingLevel
  /** Administrative levels that handle it, 1 region … 5 community. */
  levels: number[]
  vertical: boolean
  division: string
  appealTypes: AppealTypeCode[]
  conditions: string
  materials: string
  /** Only where the matter's own limit differs from that of the appeal type. */
  duration: { amount: number; unit: 'workingDays' } | null
  durationText: string
  closingStandard: { text: string; evidence: boolean }[]
  closingBasis: string
  elements: DemoElement[]
  /** Proposed urgency when the condition holds; everything else is ordinary. */
  urgencyHint: { level: 'urgent' | 'major'; when: string } | null
  keywords: string[]
  setting: 'urban' | 'rural' | 'any'
  months: Months | null
  /** How often it occurs, compared with others. */
  weight: number
}

const fieldSources = [urban, housing, utilities, transport, labour, education, health, market, environment, police, rural, welfare, culture, resources, safety, finance]

/** Fields as written, in the order of the directory. */
export const demoFields = fieldSources.flatMap(parseFields)

const rootCode = '00'
const pad = (index: number) => String(index + 1).padStart(2, '0')

/** Everyday faults that are put right sooner than the limit of their appeal type. */
const ownLimits: Record<string, number> = {
  停水: 1, 停电: 1, 停气与供气不稳: 1, 燃气泄漏与安全隐患: 1, 井盖缺失破损: 1, 室内温度不达标: 2, 供热设施漏水与维修: 2, 垃圾堆积与清运不及时: 2,
  路灯不亮: 3, 违法停车: 2, 电梯故障与困人: 2, 通信线路与设施: 3,
}

const levelsOf: Record<HandlingLevel, number[]> = { city: [2], county: [2, 3], street: [2, 3, 4, 5] }
const divisions: Record<HandlingLevel, string> = {
  city: '市级主管部门直接办理',
  county: '市级主管部门指导，区县政府组织办理',
  street: '属地街道（乡镇）办理，社区（村）配合，市级主管部门指导',
}

/** 12 → 十二 (1–99). */
export function chineseNumber(value: number): string {
  const digits = '零一二三四五六七八九'
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${digits.charAt(tens)}十`
  return head + (ones === 0 && tens > 0 ? '' : digits.charAt(ones))
}

function elementOf({ name, required }: { name: string; required: boolean }): DemoElement {
  const definition = elementCatalogue.get(name)
  if (!definition) throw new Error(`element "${name}" is not in the catalogue`)
  const { code, type, prompt, options = [], unit = null, masked = false } = definition
  return { code, name, type, required, options, unit, prompt, masked }
}

function typesOf(sayings: ParsedSaying[]): AppealTypeCode[] {
  const types = new Set<AppealTypeCode>(sayings.map((saying) => saying.type))
  // Asking, suggesting and the pair help/complaint are open to every matter; who reports or praises depends on the matter.
  for (const open of ['consultation', 'help', 'complaint', 'suggestion'] as const) types.add(open)
  const order: AppealTypeCode[] = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise']
  return order.filter((type) => types.has(type))
}

function matterOf(parsed: ParsedMatter, directory: ParsedDirectory, code: string): DemoMatter {
  const days = ownLimits[parsed.name]
  const unit = unitForDepartment('LC', parsed.department)
  const article = chineseNumber(6 + ((Number(code.slice(-2)) * 3 + Number(code.slice(2, 4)) * 5) % 40))
  const urgent = parsed.urgency ? '；紧急情形2小时内响应、24小时内办结' : ''
  return {
    code,
    name: parsed.name,
    directoryCode: code.slice(0, 4),
    competentUnitCode: unit.code,
    department: parsed.department,
    assistDepartment: parsed.assist,
    handlingLevel: parsed.level,
    levels: levelsOf[parsed.level],
    vertical: unit.vertical,
    division: divisions[parsed.level],
    appealTypes: typesOf(parsed.sayings),
    conditions: `${directory.conditions}。诉求对象、地点和基本事实清楚，未进入诉讼、仲裁、行政复议等程序。`,
    materials: '能够说明情况的照片、票据、合同或其他材料（有则提供）',
    duration: days === undefined ? null : { amount: days, unit: 'workingDays' },
    durationText: (days === undefined ? '咨询1个工作日，求助3个工作日，投诉、举报、建议5个工作日' : `${days}个工作日`) + urgent,
    closingStandard: [...parsed.standard, { text: '已联系诉求人并告知办理结果', evidence: false }],
    closingBasis: `《${directory.basis}（示例）》第${article}条`,
    elements: parsed.elements.map(elementOf),
    urgencyHint: parsed.urgency,
    keywords: [...new Set([...parsed.name.split(/[与和、及]/).filter((word) => word.length > 1), ...(everydayWords.get(parsed.name) ?? [])])],
    setting: parsed.setting === 'any' && parsed.sayings.every(({ title, body }) => (title + body).includes('{村}')) ? 'rural' : parsed.setting,
    months: parsed.months,
    weight: parsed.weight,
  }
}

export interface MatterTexts {
  outcome: string
  sayings: ParsedSaying[]
}

function build() {
  const directories: DemoDirectory[] = [
    { code: rootCode, name: '澜川市诉求事项目录', level: 0, parentCode: null, sort: 0, description: null },
  ]
  const matters: DemoMatter[] = []
  const texts = new Map<string, MatterTexts>()
  demoFields.forEach((field, f) => {
    const fieldCode = pad(f)
    directories.push({ code: fieldCode, name: field.name, level: 1, parentCode: rootCode, sort: f + 1, description: null })
    field.directories.forEach((directory, d) => {
      const code = fieldCode + pad(d)
      directories.push({ code, name: directory.name, level: 2, parentCode: fieldCode, sort: d + 1, description: directory.conditions })
      directory.matters.forEach((parsed, m) => {
        const matter = matterOf(parsed, directory, code + pad(m))
        matters.push(matter)
        texts.set(matter.code, { outcome: parsed.outcome, sayings: parsed.sayings })
      })
    })
  })
  return { directories, matters, texts }
}

const built = build()

/** Upper directories first. */
export const demoDirectories: readonly DemoDirectory[] = built.directories
export const demoMatters: readonly DemoMatter[] = built.matters

const byCode = new Map(demoMatters.map((matter) => [matter.code, matter]))

/** The matter of a code; throws on an unknown one. */
export function matterOfCode(code: string): DemoMatter {
  const matter = byCode.get(code)
  if (!matter) throw new Error(`no demo matter ${code}`)
  return matter
}

/** Wordings of a matter. */
export function textsOf(matterCode: string): MatterTexts {
  const texts = built.texts.get(matterCode)
  if (!texts) throw new Error(`no texts for matter ${matterCode}`)
  return texts
}

/** Whether a month lies in a span that may pass over the year's end. */
export function inMonths(months: Months | null, month: number): boolean {
  if (!months) return true
  const [from, to] = months
  return from <= to ? month >= from && month <= to : month >= from || month <= to
}
