// Forms of a unit and the words of its kinds.
import type { OutputOf } from '../../../api/call.ts'
import type { FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export type UnitNode = OutputOf<'getUnitTree'>['items'][number]
export type UnitDetail = OutputOf<'getUnit'>
type UnitKind = UnitNode['kind']

export const unitKindNames: Record<UnitKind, string> = {
  centre: t('kindOfcentre'), handling: t('kindOfhandling'), section: t('kindOfsection'), community: t('kindOfcommunity'), enterprise: t('kindOfenterprise'), subCentre: t('kindOfsubCentre'), virtual: t('kindOfvirtual'),
}
// a virtual organisation is made with its group
const ownKinds = Object.entries(unitKindNames).filter(([kind]) => kind !== 'virtual')

const properties: FormSchema['properties'] = {
  name: { type: 'string', title: t('name'), maxLength: 60 },
  kind: { type: 'string', title: t('kind'), oneOf: ownKinds.map(([value, title]) => ({ const: value, title })), 'x-half': true, 'x-buttons': false },
  areaCode: { type: 'string', title: t('area'), format: 'area', 'x-half': true },
  vertical: { type: 'boolean', title: t('vertical'), description: t('verticalHint'), 'x-half': true },
  sort: { type: 'integer', title: t('sort'), minimum: 0, maximum: 99999, 'x-half': true },
  leaderName: { type: 'string', title: t('leader'), maxLength: 40, 'x-half': true },
  contactName: { type: 'string', title: t('contact'), maxLength: 40, 'x-half': true },
  phone: { type: 'string', title: t('phone'), description: t('phoneHint'), maxLength: 40 },
  validFrom: { type: 'string', title: t('validFrom'), format: 'date', 'x-half': true },
  validTo: { type: 'string', title: t('validTo'), format: 'date', 'x-half': true },
}

export const editSchema: FormSchema = { type: 'object', properties, required: ['name', 'kind', 'areaCode'] }
export const newSchema: FormSchema = {
  type: 'object',
  properties: { code: { type: 'string', title: t('code'), description: t('codeHint'), pattern: '^[A-Za-z0-9_-]{2,40}$' }, ...properties },
  required: ['code', 'name', 'kind', 'areaCode'],
}

/** Fields that an empty input clears. */
export const clearable = ['leaderName', 'contactName', 'phone', 'validFrom', 'validTo'] as const

export function formOf(unit: UnitDetail): FormValue {
  const { name, kind, areaCode, vertical, sort, leaderName, contactName, phoneMasked, validFrom, validTo } = unit
  const value = { name, kind, areaCode, vertical, sort, leaderName, contactName, phone: phoneMasked, validFrom, validTo }
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null))
}

export const importColumns = [
  { key: 'code', label: '机构编码', required: true, example: 'SFJ-01' }, { key: 'name', label: t('name'), required: true, example: '示例科室' }, { key: 'kind', label: t('kind'), required: true, example: t('kindOfsection') },
  { key: 'areaCode', label: t('areaCode'), required: true, example: '990100' }, { key: 'parentCode', label: t('parentCode'), required: true, example: 'SFJ' }, { key: 'vertical', label: '垂管', example: t('no') },
  { key: 'leaderName', label: t('leader') }, { key: 'contactName', label: t('contact') }, { key: 'phone', label: t('phone') },
]
