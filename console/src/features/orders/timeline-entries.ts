// Timeline entries of the server as the kit's timeline shows them: words of each act's data, the longest wait marked.
import type { TimelineEntry } from '../../ui/Timeline.tsx'
import { moment } from '../../ui/time.ts'
import type { TimelineItem } from './order-types.ts'
import { t } from './texts.zh-CN.ts'
import { shownValue } from './values.ts'

const tones: Record<string, NonNullable<TimelineEntry['tone']>> = {
  redCard: 'over', withdraw: 'over', refuseReturn: 'near', yellowCard: 'near', urge: 'near', supervise: 'over', requestReturn: 'near', returnToAgent: 'near', returnResult: 'near', sendBackFeedback: 'near', callbackDissatisfied: 'over', redo: 'near', reopen: 'near',
  register: 'ok', sign: 'ok', autoSign: 'ok', dispatch: 'ok', feedback: 'ok', acceptFeedback: 'ok', acceptResult: 'ok', answer: 'ok', callbackSatisfied: 'ok', archive: 'ok',
}

type Data = Record<string, unknown>
const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value)
const words = (data: Data, key: string): string => (typeof data[key] === 'string' ? data[key] : '')

function unitsOf(data: Data): string {
  const units = Array.isArray(data.units) ? data.units.filter(isData) : []
  return units.map((unit) => [words(unit, 'name'), words(unit, 'roleName')].filter(Boolean).join('·')).join('、')
}

/** Which line of the duty lists gave a unit. */
const originsOf = (data: Data): string[] => (Array.isArray(data.units) ? data.units.filter(isData) : []).map((unit) => words(unit, 'origin')).filter(Boolean)

/** Codes that changes are kept in, in words. */
const codes: Record<string, Record<string, string>> = {
  urgency: { normal: t('v.normal'), urgent: t('v.urgent'), major: t('v.major') },
  appealType: { consultation: t('v.consultation'), help: t('v.help'), complaint: t('v.complaint'), report: t('v.report'), suggestion: t('v.suggestion'), praise: t('v.praise'), other: t('v.other') },
  callbackManner: { call: t('d.callbackCall'), sms: t('d.callbackSms'), none: t('d.callbackNone') },
}
const changed = (field: string, value: unknown): string => codes[field]?.[shownValue(value)] ?? shownValue(value)

/** Why the first path of an order failed, kept with its next dispatch. */
function secondPathOf(data: Record<string, unknown>): string[] {
  if (!Array.isArray(data.secondPath)) return []
  const causes = data.secondPath.flatMap((one: unknown) => (isData(one) && words(one, 'cause') ? [`${words(one, 'unitName')} ${words(one, 'cause')}`] : []))
  return causes.length > 0 ? [t('t.secondPath', { causes: causes.join('、') })] : []
}

/** What the data of an act says beyond its text, one line each. */
function dataLines(item: TimelineItem): string[] {
  const data = isData(item.data) ? item.data : {}
  switch (item.act) {
    case 'dispatch':
      return [t('t.toUnits', { units: unitsOf(data) }), ...originsOf(data), ...(data.route === 'straight' ? [t('t.straight')] : []), ...(words(data, 'dueReason') ? [t('t.dueReason', { reason: words(data, 'dueReason') })] : []), ...(words(data, 'overrideReason') ? [t('t.override', { reason: words(data, 'overrideReason') })] : []), ...secondPathOf(data)]
    case 'contact':
      return [[data.outcome === 'reached' ? t('t.reached') : t('t.notReached'), data.met === true ? t('t.met') : ''].filter(Boolean).join(' · ')]
    case 'handDown':
      return [t('t.toUnit', { unit: [words(data, 'unitName'), words(data, 'handler')].filter(Boolean).join('·') })]
    case 'requestReturn':
      return [words(data, 'reasonClass')]
    case 'requestExtension': {
      const until = shownValue(data.newDueAt)
      return until ? [t('t.until', { moment: typeof data.newDueAt === 'string' ? moment(data.newDueAt) : until })] : []
    }
    case 'answer':
      return words(data, 'basis') ? [t('t.basis', { text: words(data, 'basis') })] : []
    case 'acceptResult':
      return [...(words(data, 'reply') ? [t('t.reply', { text: words(data, 'reply') })] : []), ...(words(data, 'missingReason') ? [t('t.missing', { reason: words(data, 'missingReason') })] : [])]
    case 'urge':
      return [...(typeof data.nth === 'number' ? [t('n.urgeNth', { n: data.nth })] : []), shownValue(data.units)]
    case 'reveal':
      return [words(data, 'fieldName')]
    default:
      return []
  }
}

/** Acts whose data adds to their text; with the others it comes first, as the heading of the words. */
const after = new Set(['answer', 'acceptResult', 'reveal'])

export function timelineEntries(items: readonly TimelineItem[]): TimelineEntry[] {
  const longest = items.reduce<TimelineItem | null>((best, item) => ((item.tookMs ?? 0) > (best?.tookMs ?? 3_600_000) ? item : best), null)
  return items.map((item) => ({
    id: item.id, at: item.at, kind: item.act, title: item.actName, by: item.actorName || null, unit: item.unitName,
    text: item.hidden ? t('t.hiddenEntry') : (after.has(item.act) ? [item.text ?? '', ...dataLines(item)] : [...dataLines(item), item.text ?? '']).filter(Boolean).join('\n') || null,
    changes: item.changes.map((change) => ({ label: change.label, old: changed(change.field, change.old), new: changed(change.field, change.new) })),
    files: item.files, tookMs: item.tookMs && item.tookMs >= 60_000 ? item.tookMs : null, slowest: item === longest, tone: tones[item.act] ?? 'calm',
  }))
}
