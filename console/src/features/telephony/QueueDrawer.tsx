// 队列的参数: strategies, hours, treatment of who waits, and where calls overflow to (TEL-15, TEL-22).
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FieldSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { picks } from './picks.ts'
import { t } from './texts.zh-CN.ts'

type Queue = OutputOf<'listQueues'>['items'][number]
type Step = Queue['overflow'][number]
const dayNames = ['一', '二', '三', '四', '五', '六', '日']
const VOICEMAIL = 'voicemail'
const whole = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const daysOf = (value: unknown): number[] => (Array.isArray(value) && value.length > 0 ? value.map(Number).toSorted((a, b) => a - b) : [1, 2, 3, 4, 5, 6, 7])
const targetOf = (step: Step): string => ('queueId' in step.to ? step.to.queueId : 'flowId' in step.to ? step.to.flowId : VOICEMAIL)

/** The chain in words: condition → target. */
export function overflowText(queue: Queue, all: Queue[]): string {
  const when = (step: Step): string => [step.waitedSeconds === undefined ? '' : t('over.waited', { n: step.waitedSeconds }), step.waiting === undefined ? '' : t('over.waiting', { n: step.waiting }), step.averageWaitSeconds === undefined ? '' : t('over.average', { n: step.averageWaitSeconds })].filter(Boolean).join(t('over.or'))
  return queue.overflow.map((step) => `${when(step)} → ${all.find((one) => one.id === targetOf(step))?.name ?? ('voicemail' in step.to ? t('toVoicemail') : t('flowLabel'))}`).join('；')
}

/** A row of the table as the server takes it: a condition at least, and where to; flows as targets, which files may bring, stay. */
function stepOf(row: FormValue, was: Step[]): Step | null {
  const target = typeof row.to === 'string' ? row.to : ''
  if (!target) return null
  const conditions = { waitedSeconds: whole(row.waited), waiting: whole(row.waiting), averageWaitSeconds: whole(row.average) }
  const known = was.find((one) => targetOf(one) === target)
  return { ...(Object.values(conditions).every((one) => one === undefined) ? { waitedSeconds: 120 } : conditions), to: target === VOICEMAIL ? { voicemail: true } : known && 'flowId' in known.to ? known.to : { queueId: target } }
}

export function QueueDrawer({ queue, others, onClose }: { queue: Queue; others: Queue[]; onClose: () => void }): ReactElement {
  const send = useAct('listQueues')
  const prompts = useQueryOf('listPrompts', {})
  const flows = useQueryOf('listVoiceFlows', {})
  const skills = useQueryOf('listSkills', {})
  const [first] = queue.opening ?? []
  const choice = picks.map((value) => ({ const: value, title: t(`pick.${value}`) }))
  const targets = [...others.filter((one) => one.id !== queue.id).map((one) => ({ const: one.id, title: one.name })), { const: VOICEMAIL, title: t('toVoicemail') }, ...queue.overflow.flatMap((step) => ('flowId' in step.to ? [{ const: step.to.flowId, title: flows.data?.items.find((one) => one.id === targetOf(step))?.name ?? t('flowLabel') }] : []))]
  const overflow: FieldSchema = {
    type: 'array', format: 'table', title: t('overflowRows'), description: t('overflowTitle'), maxItems: 10,
    items: { type: 'object', required: ['to'], properties: { waited: { type: 'integer', title: t('over.waitedField'), minimum: 0, maximum: 7200 }, waiting: { type: 'integer', title: t('over.waitingField'), minimum: 1, maximum: 10_000 }, average: { type: 'integer', title: t('over.averageField'), minimum: 1, maximum: 7200 }, to: { type: 'string', title: t('overflowTo'), 'x-buttons': false, oneOf: targets } } },
  }
  return (
    <ActDrawer open onClose={onClose} title={`${t('edit')} ${queue.name}`} submitLabel={t('save')}
      initial={{
        name: queue.name, service: queue.service, pick1: queue.strategies[0]?.pick, pick2: queue.strategies[1]?.pick, ringSeconds: queue.ringSeconds, capacity: queue.capacity, wrapUpSeconds: queue.wrapUpSeconds ?? undefined, from: first?.from, to: first?.to, days: (first?.days ?? [1, 2, 3, 4, 5, 6, 7]).map(String), closedOnHolidays: queue.closedOnHolidays, needs: queue.skills.map((one) => one.skillId),
        tellPositionSeconds: queue.tellPositionSeconds, callbackAfterSeconds: queue.callbackAfterSeconds ?? undefined, musicPromptId: queue.musicPromptId ?? undefined, surveyFlowId: queue.surveyFlowId ?? undefined, voicemail: queue.voicemail, sayStaffNumber: queue.sayStaffNumber, recordNotice: queue.recordNotice, overflow: queue.overflow.map((step) => ({ waited: step.waitedSeconds, waiting: step.waiting, average: step.averageWaitSeconds, to: targetOf(step) })),
      }}
      schema={{
        type: 'object', required: ['name', 'service', 'pick1', 'ringSeconds'],
        properties: {
          name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true }, service: { type: 'string', title: t('service'), maxLength: 40, 'x-half': true }, pick1: { type: 'string', title: `${t('strategies')} 1`, oneOf: choice, 'x-half': true }, pick2: { type: 'string', title: `${t('strategies')} 2`, oneOf: choice, 'x-half': true },
          ringSeconds: { type: 'integer', title: t('ringSeconds'), minimum: 5, maximum: 120, 'x-half': true }, capacity: { type: 'integer', title: t('capacity'), minimum: 0, 'x-half': true },
          from: { type: 'string', title: `${t('opening')} ${t('dayFrom')}`, pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: t('openingHelp'), 'x-half': true }, to: { type: 'string', title: t('dayTo'), pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', 'x-half': true },
          days: { type: 'array', title: t('openDays'), items: { type: 'string', oneOf: dayNames.map((name, index) => ({ const: String(index + 1), title: name })) } }, closedOnHolidays: { type: 'boolean', title: t('closedOnHolidays') },
          overflow, voicemail: { type: 'boolean', title: t('voicemailOn') },
          wrapUpSeconds: { type: 'integer', title: t('wrapUp'), minimum: 0, maximum: 1800, 'x-half': true }, tellPositionSeconds: { type: 'integer', title: t('tellPosition'), minimum: 0, maximum: 600, 'x-half': true }, callbackAfterSeconds: { type: 'integer', title: t('callbackAfter'), minimum: 0, maximum: 7200, 'x-half': true },
          ...(skills.data?.items.length ? { needs: { type: 'array' as const, title: t('queueSkills'), items: { type: 'string' as const, oneOf: skills.data.items.map((one) => ({ const: one.id, title: one.path.join(' / ') })) } } } : {}),
          ...(prompts.data?.items.length ? { musicPromptId: { type: 'string' as const, title: t('music'), oneOf: prompts.data.items.map((one) => ({ const: one.id, title: one.name })) } } : {}), surveyFlowId: { type: 'string', title: t('surveyFlow'), oneOf: (flows.data?.items ?? []).filter((one) => one.use === 'survey').map((one) => ({ const: one.id, title: one.name })) },
          sayStaffNumber: { type: 'boolean', title: t('sayStaff') }, recordNotice: { type: 'boolean', title: t('recordNotice') },
        },
      }}
      submit={async (v) => {
        await send('changeQueue', {
          id: queue.id, version: queue.version, name: v.name, service: v.service, ringSeconds: v.ringSeconds, capacity: v.capacity ?? 0, wrapUpSeconds: v.wrapUpSeconds ?? null, tellPositionSeconds: v.tellPositionSeconds ?? 0, callbackAfterSeconds: v.callbackAfterSeconds ?? null, musicPromptId: v.musicPromptId ?? null, surveyFlowId: v.surveyFlowId ?? null, closedOnHolidays: v.closedOnHolidays === true,
          voicemail: v.voicemail === true, sayStaffNumber: v.sayStaffNumber === true, recordNotice: v.recordNotice === true, strategies: [{ pick: v.pick1, afterSeconds: 0 }, ...(v.pick2 && v.pick2 !== v.pick1 ? [{ pick: v.pick2, afterSeconds: 0 }] : [])], opening: v.from && v.to ? [{ days: daysOf(v.days), from: v.from, to: v.to }, ...(queue.opening ?? []).slice(1)] : null, skills: (Array.isArray(v.needs) ? v.needs.map(String) : []).map((skillId) => ({ skillId, level: queue.skills.find((one) => one.skillId === skillId)?.level ?? 1 })),
          overflow: (Array.isArray(v.overflow) ? v.overflow : []).flatMap((row) => stepOf(row as FormValue, queue.overflow) ?? []),
        })
        say(t('saved'))
      }} />
  )
}
