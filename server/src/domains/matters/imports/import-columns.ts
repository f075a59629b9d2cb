// Columns of the import and export sheets, and how a row of texts becomes content.
import type { Ctx } from '../../../kernel/ctx.ts'
import { durationUnitTexts, type DurationUnit } from '../../../kernel/time/index.ts'
import { findUnits, type UnitLookup } from './find-units.ts'
import { appealTypes } from '../classes/appeal-types.ts'
import { schemes } from '../classes/schemes.ts'
import { allDirectories } from '../matter/directories.ts'
import { nearestOnly } from '../standard/nearest.ts'
import { tenantChain } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import type { ImportKind } from './import-contract.ts'

export type ImportColumn = { key: string; label: string; required?: boolean; example: string }
type Values = Record<string, string>
/** Content as read, and the cells that name something unknown. */
export type ReadRow = { content: Record<string, unknown>; messages: string[] }

export const importColumns: Record<ImportKind, readonly ImportColumn[]> = {
  matter: [
    { key: 'code', label: '事项编码', required: true, example: 'GR-01-01' },
    { key: 'name', label: '事项名称', required: true, example: '供热温度不达标' },
    { key: 'directory', label: '目录编码', required: true, example: 'GR-01' },
    { key: 'competentUnit', label: '主管部门', example: '单位名称或编码' },
    { key: 'division', label: '实施分工', example: '' },
    { key: 'appealTypes', label: '诉求类型', example: '投诉、求助' },
    { key: 'conditions', label: '受理条件', example: '' },
    { key: 'materials', label: '所需材料', example: '' },
    { key: 'duration', label: '办理时限', example: '3个工作日' },
    { key: 'closingStandard', label: '办结标准', example: '室温恢复到18℃以上*；向诉求人说明原因（*表示需要佐证）' },
    { key: 'closingBasis', label: '办结依据', example: '' },
    { key: 'levels', label: '适用层级', example: '2、3、4' },
    { key: 'keywords', label: '关键词', example: '暖气、地暖' },
  ],
  dutyEntry: [
    { key: 'matter', label: '事项编码', required: true, example: 'GR-01-01' },
    { key: 'unit', label: '单位', required: true, example: '单位名称或编码' },
    { key: 'role', label: '角色', required: true, example: '主办 / 协办 / 负面清单' },
    { key: 'area', label: '区划代码', required: true, example: '990101' },
    { key: 'implementationCode', label: '实施编码', example: '' },
    { key: 'implementationName', label: '实施名称', example: '' },
    { key: 'matterType', label: '事项类型', example: '公共服务' },
    { key: 'implementationType', label: '实施类型', example: '' },
    { key: 'boundary', label: '职责边界', example: '负面清单必须填写理由' },
    { key: 'validFrom', label: '有效期起', example: '2026-01-01' },
    { key: 'validTo', label: '有效期止', example: '' },
  ],
  enterprise: [
    { key: 'creditCode', label: '统一社会信用代码', required: true, example: '91990100MA0ABCDE0X' },
    { key: 'name', label: '企业名称', required: true, example: '澜川示例食品有限公司' },
    { key: 'aliases', label: '别名', example: '示例食品、示例超市' },
    { key: 'area', label: '登记地区划代码', example: '990101' },
    { key: 'address', label: '地址', example: '' },
    { key: 'ownership', label: '所有制', example: '民营' },
    { key: 'industry', label: '行业', example: '批发零售' },
    { key: 'size', label: '规模', example: '小型' },
    { key: 'legalPerson', label: '法定代表人', example: '' },
    { key: 'labels', label: '标签', example: '' },
    { key: 'source', label: '来源', example: '' },
  ],
  schemeNode: [
    { key: 'scheme', label: '分类体系', required: true, example: '归口' },
    { key: 'code', label: '编码', required: true, example: '0101' },
    { key: 'name', label: '名称', required: true, example: '供热' },
    { key: 'parent', label: '上级编码', example: '01' },
    { key: 'examples', label: '举例', example: '' },
    { key: 'externalCode', label: '外部编码', example: '' },
    { key: 'sort', label: '排序', example: '1' },
  ],
}

const split = (text: string | undefined): string[] => (text ?? '').split(/[、，,；;]/).map((part) => part.trim()).filter(Boolean)
const orNull = (text: string | undefined): string | null => text || null

export type RowReader = (values: Values) => Promise<ReadRow>

/** How rows of a kind become content; `all` rows of the file, so that what they name is looked up once. */
export async function rowReader(ctx: Ctx, kind: ImportKind, all: readonly Values[]): Promise<RowReader> {
  const units = await findUnits(ctx, all.map((values) => values['unit'] ?? values['competentUnit'] ?? ''))
  if (kind === 'matter') return (values) => readMatter(ctx, values, units)
  if (kind === 'dutyEntry') return (values) => readDuty(ctx, values, units)
  if (kind === 'enterprise') return async (values) => readEnterprise(values)
  return (values) => readNode(ctx, values)
}

function readEnterprise(values: Values): ReadRow {
  const { creditCode = '', name = '', area, address, ownership, industry, size, legalPerson, source } = values
  return {
    messages: [],
    content: {
      creditCode, name, aliases: split(values['aliases']), areaCode: orNull(area), address: orNull(address), ownership: orNull(ownership), industry: orNull(industry), size: orNull(size), legalPerson: orNull(legalPerson), labels: split(values['labels']), source: orNull(source),
    },
  }
}

async function readMatter(ctx: Ctx, values: Values, units: UnitLookup): Promise<ReadRow> {
  const messages: string[] = []
  const named = [...(await allDirectories(ctx)).values()].filter((found) => found.code === values['directory'] && found.state !== 'void')
  const directory = named.find((found) => found.tenantId === ctx.tenantId) ?? named[0]
  if (!directory) messages.push(`目录编码“${values['directory'] ?? ''}”不存在`)
  const types = await appealTypes(ctx)
  const appealTypeCodes = split(values['appealTypes']).map((text) => {
    const type = types.find((known) => known.name === text || known.id === text)
    if (!type) messages.push(`诉求类型“${text}”不存在`)
    return type?.id ?? text
  })
  const limit = values['duration'] ? readDuration(values['duration']) : null
  if (values['duration'] && !limit) messages.push(`办理时限“${values['duration']}”无法识别，请写如“3个工作日”`)
  return {
    messages,
    content: {
      code: values['code'] ?? '', name: values['name'] ?? '', directoryId: directory?.id, competentUnitId: units.find(values['competentUnit'], '主管部门', messages), division: orNull(values['division']),
      appealTypes: appealTypeCodes, conditions: orNull(values['conditions']), materials: orNull(values['materials']), duration: limit,
      closingStandard: split((values['closingStandard'] ?? '').replaceAll(/[、，,]/g, '\u0000')).map((text) => ({ text: text.replaceAll('\u0000', '，').replace(/[*＊]$/, ''), evidence: /[*＊]$/.test(text) })),
      closingBasis: orNull(values['closingBasis']), levels: split(values['levels']).map(Number), keywords: split(values['keywords']),
    },
  }
}

const roles: Record<string, string> = { 主办: 'lead', 协办: 'assist', 负面清单: 'negative', 负面: 'negative' }

async function readDuty(ctx: Ctx, values: Values, units: UnitLookup): Promise<ReadRow> {
  const messages: string[] = []
  const matter = await ctx.acrossTenants<MattersTables>('matters of upper tenants hold below').selectFrom('matter_matter').select('id')
    .where('tenant_id', 'in', await tenantChain(ctx)).where('code', '=', values['matter'] ?? '').where('state', '<>', 'void').where(await nearestOnly(ctx, 'matter_matter')).executeTakeFirst()
  if (!matter) messages.push(`事项编码“${values['matter'] ?? ''}”不存在`)
  const role = roles[values['role'] ?? '']
  if (!role) messages.push('角色应为：主办、协办、负面清单')
  const { implementationCode, implementationName, matterType, implementationType, boundary, validFrom, validTo } = values
  return {
    messages,
    content: {
      matterId: matter?.id, unitId: units.find(values['unit'], '单位', messages), role, areaCode: values['area'] ?? '', implementationCode: orNull(implementationCode), implementationName: orNull(implementationName),
      matterType: orNull(matterType), implementationType: orNull(implementationType), boundary: orNull(boundary), validFrom: orNull(validFrom?.slice(0, 10)), validTo: orNull(validTo?.slice(0, 10)),
    },
  }
}

async function readNode(ctx: Ctx, values: Values): Promise<ReadRow> {
  const messages: string[] = []
  const scheme = (await schemes(ctx)).find((known) => known.name === values['scheme'] || known.code === values['scheme'])
  if (!scheme) messages.push(`分类体系“${values['scheme'] ?? ''}”不存在`)
  const parentCode = values['parent']
  const parent = parentCode && scheme
    ? await ctx.acrossTenants<MattersTables>('nodes of upper tenants').selectFrom('matter_scheme_node').select('id')
        .where('tenant_id', 'in', await tenantChain(ctx)).where('scheme', '=', scheme.code).where('code', '=', parentCode).where('state', '<>', 'void').where(await nearestOnly(ctx, 'matter_scheme_node')).executeTakeFirst()
    : undefined
  if (parentCode && scheme && !parent) messages.push(`上级编码“${parentCode}”不存在（上级要写在下级之前）`)
  return {
    messages,
    content: {
      scheme: scheme?.code, code: values['code'] ?? '', name: values['name'] ?? '', parentId: parent?.id ?? null, examples: orNull(values['examples']), externalCode: orNull(values['externalCode']),
      sort: Number(values['sort'] || 0),
    },
  }
}

const spellings: [RegExp, DurationUnit][] = [[/^个?工作日$/, 'workingDays'], [/^个?工作(小时|时)$/, 'workingHours'], [/^个?(自然日|天|日)$/, 'naturalDays'], [/^个?(自然)?(小时|时)$/, 'naturalHours'], [/^分钟$/, 'naturalMinutes']]

/** `3个工作日`, `24小时`, also as exports write it; null when it cannot be read. */
export function readDuration(text: string): { amount: number; unit: DurationUnit } | null {
  const match = /^(\d+(?:\.\d+)?)\s*(\S+)$/.exec(text.trim())
  const written = match?.[2] ?? ''
  const unit = (Object.keys(durationUnitTexts) as DurationUnit[]).find((known) => durationUnitTexts[known] === written) ?? spellings.find(([pattern]) => pattern.test(written))?.[1]
  return match && unit ? { amount: Number(match[1]), unit } : null
}
