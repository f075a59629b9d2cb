// 评分与规则: what each factor weighs in a queue, and when another chain of strategies is used (TEL-17, TEL-18).
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
type Rule = Queue['rules'][number]
const factors = ['waiting', 'urgency', 'business', 'handling', 'repeat', 'order', 'patience', 'language', 'area', 'level', 'mark', 'load'] as const

const rowOf = (rule: Rule): FormValue => ({
  name: rule.name, from: rule.when.opening?.[0]?.from, to: rule.when.opening?.[0]?.to, numbers: rule.when.numbers?.join(' '), freeAtMost: rule.when.freeAtMost, longest: rule.when.longestAtLeastSeconds, skill: rule.when.skills?.[0], pick: rule.strategies?.[0]?.pick, next: rule.strategies?.[1]?.pick,
})
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

/** What the table does not show of a rule (several times a week, weights of its own) stays as it was. */
function ruleOf(row: FormValue, was: Rule | undefined): unknown {
  const [from, to, numbers, skill, pick, next] = [text(row.from), text(row.to), text(row.numbers), text(row.skill), text(row.pick), text(row.next)]
  const opening = from && to ? [{ days: was?.when.opening?.[0]?.days ?? [1, 2, 3, 4, 5, 6, 7], from, to }, ...(was?.when.opening ?? []).slice(1)] : undefined
  return {
    name: text(row.name), when: { ...was?.when, opening, numbers: numbers ? numbers.split(/[\s,，、]+/) : undefined, freeAtMost: number(row.freeAtMost), longestAtLeastSeconds: number(row.longest), skills: skill ? [skill, ...(was?.when.skills ?? []).slice(1)] : undefined },
    strategies: pick ? [{ pick, afterSeconds: 0 }, ...(next && next !== pick ? [{ pick: next, afterSeconds: 0 }] : [])] : undefined, weights: was?.weights,
  }
}

export function QueueRules({ queue, onClose }: { queue: Queue; onClose: () => void }): ReactElement {
  const send = useAct('listQueues')
  const skills = useQueryOf('listSkills', {})
  const choice = picks.map((value) => ({ const: value, title: t(`pick.${value}`) }))
  const time = '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$'
  const table: FieldSchema = {
    type: 'array', format: 'table', title: t('rules'), description: t('rulesHelp'), maxItems: 20,
    items: { type: 'object', required: ['name', 'pick'], properties: {
      name: { type: 'string', title: t('ruleName'), maxLength: 60 }, from: { type: 'string', title: t('dayFrom'), pattern: time }, to: { type: 'string', title: t('dayTo'), pattern: time }, numbers: { type: 'string', title: t('ruleNumbers'), maxLength: 200 }, freeAtMost: { type: 'integer', title: t('ruleFree'), minimum: 0 }, longest: { type: 'integer', title: t('ruleLongest'), minimum: 0 },
      skill: { type: 'string', title: t('ruleSkill'), 'x-buttons': false, oneOf: (skills.data?.items ?? []).map((one) => ({ const: one.id, title: one.path.at(-1) ?? one.name })) }, pick: { type: 'string', title: t('rulePick'), oneOf: choice }, next: { type: 'string', title: t('ruleThen'), oneOf: choice },
    } },
  }
  return (
    <ActDrawer open onClose={onClose} size={1180} title={`${queue.name} ${t('scoring')}`} submitLabel={t('save')} initial={{ ...queue.weights, rules: queue.rules.map(rowOf) }}
      schema={{ type: 'object', required: ['waiting'], properties: { ...Object.fromEntries(factors.map((one) => [one, { type: 'number', title: t(`weight.${one}`), minimum: 0, maximum: 1000, 'x-half': true } satisfies FieldSchema])), rules: table } }}
      submit={async (v) => {
        const rows = Array.isArray(v.rules) ? v.rules : []
        await send('changeQueue', { id: queue.id, version: queue.version, weights: Object.fromEntries(factors.map((one) => [one, number(v[one]) ?? 0])), rules: rows.map((row, index) => ruleOf(row as FormValue, queue.rules.find((one) => one.name === text((row as FormValue).name)) ?? queue.rules[index])) })
        say(t('saved'))
      }} />
  )
}
