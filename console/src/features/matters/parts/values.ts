// Values of the standard's fields in words, for differences and versions. Pure.
import { durationText, elementTypes, levelsText, durationUnits } from './standard.tsx'
import { t } from './texts.zh-CN.ts'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isUnit = (unit: unknown): unit is (typeof durationUnits)[number] => durationUnits.some((one) => one === unit)
const isType = (type: unknown): type is (typeof elementTypes)[number] => elementTypes.some((one) => one === type)
const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

/** Lines rather than one text, so that long lists can be compared. */
export function valueLines(field: string, value: unknown, names: ReadonlyMap<string, string> = new Map()): string[] {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return [t('none')]
  if (typeof value === 'boolean') return [value ? t('yes') : t('no')]
  if (field === 'levels' && Array.isArray(value)) return [levelsText(value.filter((one) => typeof one === 'number'))]
  if (field === 'level' && typeof value === 'number') return [levelsText([value])]
  if (field === 'role' && (value === 'lead' || value === 'assist' || value === 'negative')) return [t(`role_${value}`)]
  if (typeof value === 'string') return (names.get(value) ?? value).split('\n')
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.every((one) => typeof one !== 'object') ? [value.map((one: unknown) => names.get(text(one)) ?? text(one)).join('、')] : value.flatMap((one: unknown, i) => [`${i + 1}. ${partText(one)}`])
  if (isRecord(value)) return [recordText(value)]
  return [t('none')]
}

function partText(value: unknown): string {
  if (!isRecord(value)) return text(value)
  if ('evidence' in value) return `${text(value.text)}${value.evidence === true ? '（需佐证）' : ''}`
  if ('type' in value && isType(value.type)) {
    const extras = [value.required === true ? '必填' : '', Array.isArray(value.options) ? value.options.join('/') : '', value.masked === true ? '脱敏' : ''].filter(Boolean)
    return `${text(value.name)}（${[t(`elementType_${value.type}`), ...extras].join('，')}）`
  }
  return recordText(value)
}

const ruleNames: Record<string, string> = { callback: '须回访', anonymity: '允许匿名', answerable: '可直接答复', replyTemplate: '答复模板', yellow: '黄牌', red: '红牌' }

function recordText(value: Record<string, unknown>): string {
  if (typeof value.amount === 'number' && isUnit(value.unit)) return durationText({ amount: value.amount, unit: value.unit })
  const parts = Object.entries(value).filter(([, one]) => one !== undefined && one !== null && one !== '').map(([key, one]) => `${ruleNames[key] ?? key}：${typeof one === 'boolean' ? (one ? t('yes') : t('no')) : Array.isArray(one) ? one.join('、') : text(one)}`)
  return parts.length ? parts.join('；') : t('none')
}
