// One own rule: when it speaks, what the field should be, and its trial on past orders.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { categoryLoader, orderLoaders } from '../orders/pickers.ts'
import type { OwnRule, Rules } from './ProofreadPart.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { rule: OwnRule | null; rules: Rules; onClose: () => void }
const listed = (value: unknown): string[] => (typeof value === 'string' ? value.split(/[、,，\s]+/).filter(Boolean) : [])
const tests = ['filled', 'is', 'contains', 'lacks'] as const
/** Fields whose value is picked, not written. */
const picked = { areaCode: { format: 'area' as const }, matterId: { format: 'matter' as const }, categoryId: { format: 'unit' as const } }
// no format of its own stands for categories: the slot of units serves them here
const loaders = { ...orderLoaders, unit: categoryLoader('category') }

export function ProofreadDrawer({ rule, rules, onClose }: Props): ReactElement {
  const [kept, setKept] = useState(rule)
  const [trial, setTrial] = useState<OutputOf<'tryProofreadRule'> | null>(null)
  const [busy, setBusy] = useState(false)
  const send = useAct('listProofreadRules')
  const types = rules.fields.find((one) => one.value === 'appealType')?.choices ?? []
  const levels = rules.fields.find((one) => one.value === 'urgency')?.choices ?? []
  const choices = (list: readonly { value: string; label: string }[]) => list.map((one) => ({ const: one.value, title: one.label }))
  const test = () => {
    if (!kept) return
    setBusy(true)
    void send('tryProofreadRule', { id: kept.id, days: 30 }).then((done) => { setTrial(done); setKept(done.rule) }).catch((error: Error) => say(error.message, 'over')).finally(() => setBusy(false))
  }
  const d = kept?.definition
  const is = (names: string[]) => ({ all: [{ field: 'test', in: ['is'] }, { field: 'field', in: names }] })
  return (
    <ActDrawer open onClose={onClose} title={kept ? t('editRule') : t('newRule')} sub={kept?.name} submitLabel={t('save')} loaders={loaders}
      schema={{
        type: 'object', required: ['name', 'field', 'test', 'message'],
        properties: {
          name: { type: 'string', title: t('name'), maxLength: 60 },
          words: { type: 'string', title: t('words'), description: t('wordsHint'), maxLength: 500 }, without: { type: 'string', title: t('without'), maxLength: 500 },
          appealTypes: { type: 'array', title: t('onlyTypes'), items: { type: 'string', oneOf: choices(types) } },
          field: { type: 'string', title: t('ruleField'), oneOf: choices(rules.fields), 'x-half': true },
          test: { type: 'string', title: t('test'), oneOf: tests.map((one) => ({ const: one, title: t(`test.${one}`) })), 'x-half': true },
          type: { type: 'string', title: t('value'), oneOf: choices(types), 'x-visibleIf': is(['appealType']) }, level: { type: 'string', title: t('value'), oneOf: choices(levels), 'x-visibleIf': is(['urgency']) },
          areaCode: { type: 'string', ...picked.areaCode, title: t('value'), 'x-visibleIf': is(['areaCode']) }, matterId: { type: 'string', ...picked.matterId, title: t('value'), 'x-visibleIf': is(['matterId']) }, categoryId: { type: 'string', ...picked.categoryId, title: t('value'), 'x-visibleIf': is(['categoryId']) },
          list: { type: 'string', title: t('valueWords'), description: t('valueWordsHint'), maxLength: 300, 'x-visibleIf': { field: 'test', in: ['contains', 'lacks'] } },
          message: { type: 'string', format: 'textarea', title: t('message'), maxLength: 200 },
        },
      }}
      initial={d ? { name: kept?.name, words: d.words.join('、'), without: d.without.join('、'), appealTypes: d.appealTypes, field: d.field, test: d.test, type: d.value, level: d.value, areaCode: d.value, matterId: d.value, categoryId: d.value, list: d.value, message: d.message } : { test: 'is', field: 'urgency' }}
      submit={async (v) => {
        const own: Record<string, unknown> = { appealType: v.type, urgency: v.level, areaCode: v.areaCode, matterId: v.matterId, categoryId: v.categoryId }
        const value = v.test === 'is' ? own[String(v.field)] : v.test === 'filled' ? '' : v.list
        const definition = { appealTypes: v.appealTypes ?? [], words: listed(v.words), without: listed(v.without), field: v.field, test: v.test, value: typeof value === 'string' ? value : '', message: v.message }
        setTrial(null)
        setKept(kept ? await send('changeProofreadRule', { id: kept.id, name: v.name, definition, version: kept.version }) : await send('createProofreadRule', { name: v.name, definition }))
        say(t('saved'))
      }}>
      {kept ? (
        <div className="ms-stack">
          <div className="ms-row"><Button size="small" loading={busy} onClick={test}>{t('tryNow')}</Button>{kept.triedAt === null ? <span className="ms-hint">{t('untried')}</span> : null}</div>
          {trial ? (
            <div role="status">
              {t('trial', { examined: trial.examined, count: trial.count, share: trial.share })}{trial.share > 80 ? <p className="ms-field-error">{t('tooWide')}</p> : null}
              {trial.sample.length === 0 ? <p className="ms-hint">{t('trialNone')}</p> : <ul className="ms-plain-list">{trial.sample.slice(0, 10).map((one) => <li key={one.id}><bdi className="ms-code">{one.number}</bdi> {one.title}</li>)}</ul>}
            </div>
          ) : null}
        </div>
      ) : null}
    </ActDrawer>
  )
}
