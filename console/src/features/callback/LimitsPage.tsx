// 外呼策略: when and how often requesters may be called, and the numbers that never are (CBK-08).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { choices, many } from './PlansPage.tsx'
import { w } from './outbound.zh-CN.ts'
import './callback.css'

type Strategy = OutputOf<'listCallbackStrategies'>['items'][number]
const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const
const dayNames = [w('w1'), w('w2'), w('w3'), w('w4'), w('w5'), w('w6'), w('w7')]
const languages = [['zh', w('lang.zh')], ['ug', w('lang.ug')], ['kk', w('lang.kk')], ['mn', w('lang.mn')], ['en', w('lang.en')], ['ru', w('lang.ru')]] as const
const kinds = [['any', w('kind.any')], ['person', w('kind.person')], ['enterprise', w('kind.enterprise')]] as const
const failed = (error: unknown) => say(asProblem(error).message, 'over')

export default function LimitsPage(): ReactElement {
  const { can } = useSession()
  const manage = can('callback.plan')
  const strategies = useQueryOf('listCallbackStrategies', {})
  const numbers = useQueryOf('listDoNotCall', { limit: 100 })
  const [editing, setEditing] = useState<Strategy | 'new' | 'number' | null>(null)
  const send = useAct('listCallbackStrategies', 'listDoNotCall')
  const remove = async (id: string, phone: string) => {
    if (await confirm({ title: w('removeTitle', { phone }), text: w('removeText'), verb: w('remove') })) await send('dropDoNotCall', { id }).then(() => say(w('removed')), failed)
  }
  return (
    <Page title={w('limits')}>
      <Section flush title={w('strategies')} extra={manage ? <Button type="primary" onClick={() => setEditing('new')}>{w('newStrategy')}</Button> : null}>
        <QueryView query={strategies}>
          {({ items }) => (items.length === 0 ? <Empty kind="done" text={w('noStrategies')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{w('strategies')}</caption>
              <thead><tr><th scope="col">{w('name')}</th><th scope="col">{w('days')}</th><th scope="col">{w('windows')}</th><th scope="col">{w('contactsField')}</th><th scope="col">{w('patience')}</th><th scope="col">{w('more')}</th><th scope="col">{w('plan')}</th><th scope="col" /></tr></thead>
              <tbody>{items.map((one) => <tr key={one.id}><td>{one.name} {one.standing ? <Tag tone="primary">{w('standingTag')}</Tag> : null}</td><td>{one.weekdays.map((day) => dayNames[day - 1]).join('、')}</td><td>{one.windows.map((x) => `${x.from}–${x.to}`).join('、')}</td><td>{w('contacts', { days: one.contactDays, n: one.contacts })}</td><td>{one.attempts === null && one.intervalHours === null ? <span className="ms-hint">{w('asCommon')}</span> : w('patienceOf', { n: one.attempts ?? '–', h: one.intervalHours ?? '–' })}</td><td>{[w(`kind.${one.forKind}`), ...(one.language === 'zh' ? [] : [one.languageName]), ...(one.offHoursShare < 100 ? [w('offHoursOf', { n: one.offHoursShare })] : [])].join(' · ')}</td><td>{w('used', { n: one.plans })}</td><td>{manage ? <span className="ms-row"><Button size="small" onClick={() => setEditing(one)}>{w('edit')}</Button><Button size="small" disabled={one.plans > 0} onClick={() => void send('dropCallbackStrategy', { id: one.id }).then(() => say(w('dropped')), failed)}>{w('drop')}</Button></span> : null}</td></tr>)}</tbody>
            </table>
          ))}
        </QueryView>
      </Section>
      <Section flush title={w('doNotCall')} extra={manage ? <Button onClick={() => setEditing('number')}>{w('addNumber')}</Button> : null}>
        <QueryView query={numbers}>
          {({ items }) => (items.length === 0 ? <Empty kind="done" text={w('none')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{w('doNotCall')}</caption>
              <thead><tr><th scope="col">{w('phone')}</th><th scope="col">{w('reason')}</th><th scope="col">{w('until')}</th><th scope="col">{w('addedBy')}</th><th scope="col">{w('at')}</th><th scope="col" /></tr></thead>
              <tbody>{items.map((one) => <tr key={one.id}><td><bdi className="ms-code">{one.phone}</bdi></td><td>{one.reason}</td><td>{one.until ? <Time iso={one.until} /> : w('forever')}</td><td>{one.byName}</td><td><Time iso={one.createdAt} /></td><td>{manage ? <Button size="small" onClick={() => void remove(one.id, one.phone)}>{w('remove')}</Button> : null}</td></tr>)}</tbody>
            </table>
          ))}
        </QueryView>
      </Section>
      {editing === 'number' ? <NumberDrawer onClose={() => setEditing(null)} /> : editing ? <StrategyDrawer strategy={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

function StrategyDrawer({ strategy, onClose }: { strategy: Strategy | null; onClose: () => void }): ReactElement {
  const send = useAct('listCallbackStrategies')
  const schema: FormSchema = {
    type: 'object', required: ['name', 'weekdays', 'windows', 'contacts', 'contactDays'],
    properties: {
      name: { type: 'string', title: w('name'), maxLength: 60 }, weekdays: many(w('days'), choices(weekdays.map((day, i) => [day, dayNames[i] ?? ''] as const))), windows: { type: 'string', format: 'textarea', title: w('windows'), description: w('windowsHelp'), maxLength: 200 },
      contacts: { type: 'integer', title: w('contactsField'), minimum: 1, maximum: 10, 'x-half': true }, contactDays: { type: 'integer', title: w('contactDays'), minimum: 1, maximum: 90, 'x-half': true },
      attempts: { type: 'integer', title: w('attemptsField'), description: w('attemptsHelp'), minimum: 1, maximum: 20, 'x-half': true }, intervalHours: { type: 'number', title: w('intervalField'), description: w('intervalHelp'), minimum: 0, maximum: 240, 'x-half': true },
      language: { type: 'string', title: w('language'), description: w('languageHelp'), 'x-buttons': false, 'x-half': true, oneOf: choices(languages) }, offHoursShare: { type: 'integer', title: w('offHours'), description: w('offHoursHelp'), minimum: 0, maximum: 100, 'x-half': true },
      forKind: { type: 'string', title: w('forKind'), oneOf: choices(kinds) }, standing: { type: 'boolean', title: w('standing') },
    },
  }
  const initial: FormValue = strategy ? { name: strategy.name, weekdays: strategy.weekdays.map(String), windows: strategy.windows.map((x) => `${x.from}-${x.to}`).join('\n'), contacts: strategy.contacts, contactDays: strategy.contactDays, ...(strategy.attempts === null ? {} : { attempts: strategy.attempts }), ...(strategy.intervalHours === null ? {} : { intervalHours: strategy.intervalHours }), language: strategy.language, offHoursShare: strategy.offHoursShare, forKind: strategy.forKind, standing: strategy.standing } : { weekdays: ['1', '2', '3', '4', '5'], windows: '09:00-12:00\n15:00-20:00', contacts: 1, contactDays: 1, language: 'zh', offHoursShare: 100, forKind: 'any', standing: false }
  return (
    <ActDrawer open onClose={onClose} title={strategy ? w('edit') : w('newStrategy')} schema={schema} initial={initial} submitLabel={w('keep')} onDone={onClose} check={(value): Record<string, string> => (windowsOf(value.windows) === null ? { windows: w('badWindow') } : {})}
      submit={async (value) => { await send('saveCallbackStrategy', { id: strategy?.id ?? null, ...(strategy ? { version: strategy.version } : {}), name: value.name, weekdays: (Array.isArray(value.weekdays) ? value.weekdays : []).map(Number), windows: windowsOf(value.windows) ?? [], contacts: value.contacts, contactDays: value.contactDays, attempts: value.attempts ?? null, intervalHours: value.intervalHours ?? null, language: value.language, offHoursShare: value.offHoursShare ?? 100, forKind: value.forKind, standing: value.standing === true }); say(w('strategySaved')) }} />
  )
}

function windowsOf(text: unknown): { from: string; to: string }[] | null {
  const lines = (typeof text === 'string' ? text : '').split(/\n|，|,/).map((one) => one.trim()).filter(Boolean)
  const read = lines.map((one) => /^(\d{2}:\d{2})\s*[-–—~至]\s*(\d{2}:\d{2})$/.exec(one))
  return lines.length > 0 && read.every((one) => one !== null) ? read.map((one) => ({ from: one?.[1] ?? '', to: one?.[2] ?? '' })) : null
}

function NumberDrawer({ onClose }: { onClose: () => void }): ReactElement {
  const send = useAct('listDoNotCall')
  const schema: FormSchema = { type: 'object', required: ['phone', 'reason'], properties: { phone: { type: 'string', title: w('phone'), maxLength: 30 }, reason: { type: 'string', title: w('reason'), maxLength: 200 }, until: { type: 'string', format: 'date', title: w('until'), description: w('untilHelp') } } }
  return <ActDrawer open onClose={onClose} title={w('addNumber')} schema={schema} submitLabel={w('keep')} onDone={onClose} submit={async (value) => { await send('addDoNotCall', { phone: value.phone, reason: value.reason, until: typeof value.until === 'string' && value.until ? value.until : null }); say(w('added')) }} />
}
