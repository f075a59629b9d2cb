// One enterprise account: checks, people, level, what happened, what it asks.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ActBar } from '../../ui/ActBar.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fileAddress } from '../../ui/upload.ts'
import './intake.css'
import { enterpriseTone, t } from './enterprise-texts.zh-CN.ts'

type Account = OutputOf<'getEnterpriseAccount'>
type Act = Account['acts'][number]['act']

export default function EnterprisePage(): ReactElement {
  const { id = '' } = useParams()
  const read = useQueryOf('getEnterpriseAccount', { id })
  return <QueryView query={read}>{(account) => <Shown key={account.version} account={account} />}</QueryView>
}

function Shown({ account: a }: { account: Account }): ReactElement {
  const [doing, setDoing] = useState<Act | 'level' | 'access' | null>(null)
  const act = useCommand('actOnEnterpriseAccount', { invalidates: ['getEnterpriseAccount'] })
  const known = Object.fromEntries(a.acts.map((one) => [one.act, { run: () => setDoing(one.act), danger: one.act === 'close' || one.act === 'refuse' }]))
  return (
    <Page title={a.name} state={<Tag tone={enterpriseTone(a.state)}>{a.stateName}</Tag>} acts={<Link to="/content/enterprises">{t('back')}</Link>} bar={<ActBar acts={a.acts} known={known} main="open" />}>
      <Section title={t('facts')} extra={<Button onClick={() => setDoing('level')}>{t('setLevel')}</Button>}>
        <Facts columns={2} items={[
          { label: t('creditCode'), value: a.creditCode }, { label: t('registry'), value: a.registry === null ? t('notInRegistry') : a.registry.official ? t('inRegistry') : t('inRegistryDraft') }, { label: t('industry'), value: a.industry, hidden: !a.industry }, { label: t('size'), value: a.size, hidden: !a.size },
          { label: t('address'), value: a.address, hidden: !a.address }, { label: t('level'), value: a.levelReason ? `${a.levelName ?? ''}（${t('levelBy', { by: a.levelBy ?? '', why: a.levelReason })}）` : (a.levelName ?? '') }, { label: t('reason'), value: a.reason ?? '', hidden: !a.reason },
          { label: t('licence'), value: a.files.length > 0 ? a.files.map((f) => <a key={f.id} href={fileAddress(f.id)} target="_blank" rel="noreferrer">{f.name}</a>) : t('licenceNone') },
        ]} />
      </Section>
      <Section title={t('access')} extra={<Button onClick={() => setDoing('access')}>{t('setAccess')}</Button>}>
        <Facts items={[{ label: t('phoneAccess'), value: a.access.phoneName }, { label: t('chatAccess'), value: a.access.chatName }, { label: t('ownSeat'), value: a.access.seat?.name ?? t('seatNone') }]} />
      </Section>
      <Section title={t('checks')}><Facts items={a.checks.map((c) => ({ label: c.check, value: <><Tag tone={c.result === 'ok' ? 'ok' : c.result === 'bad' ? 'over' : 'near'}>{t(`check.${c.result}`)}</Tag> {c.text}</> }))} /></Section>
      <Section title={t('people')} flush>
        <ListTable caption={t('people')} rows={a.people} rowKey={(p) => p.id} columns={[{ key: 'name', title: t('person'), width: 120, render: (p) => p.name }, { key: 'mobile', title: t('mobile'), width: 140, render: (p) => <bdi>{p.mobile}</bdi> }, { key: 'role', title: t('role'), width: 100, render: (p) => p.roleName }, { key: 'post', title: t('post'), width: 160, wide: true, render: (p) => p.post }, { key: 'since', title: t('since'), width: 130, render: (p) => <Time iso={p.addedAt} /> }, { key: 'left', title: t('left'), width: 130, render: (p) => (p.leftAt ? <Time iso={p.leftAt} /> : '') }]} />
      </Section>
      <Statistics id={a.id} />
      <Section title={t('history')}><ol className="ms-lines">{a.history.map((h, i) => <li key={i}><Time iso={h.at} /> <strong>{h.act}</strong> {h.from && h.from !== h.to ? `${h.from} → ${h.to}` : ''} {h.reason} <span className="ms-hint">{h.by}</span></li>)}</ol></Section>
      {doing !== null && doing !== 'level' && doing !== 'access' ? (
        <ActDrawer open onClose={() => setDoing(null)} title={t(`act.${doing}`)} sub={a.name} submitLabel={t(`act.${doing}`)} {...(doing === 'close' ? { notice: t('closeText') } : doing === 'open' ? { notice: t('openText') } : {})}
          schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('actReason'), maxLength: 300 } } }}
          submit={async (v) => { await act.mutateAsync({ id: a.id, act: doing, reason: String(v.reason), version: a.version }); say(t('done')) }} />
      ) : null}
      {doing === 'level' ? <Level account={a} onClose={() => setDoing(null)} /> : null}
      {doing === 'access' ? <Access account={a} onClose={() => setDoing(null)} /> : null}
    </Page>
  )
}

const BY_RULE = 'rule'

function Level({ account: a, onClose }: { account: Account; onClose: () => void }): ReactElement {
  const save = useCommand('setEnterpriseLevel', { invalidates: ['getEnterpriseAccount'] })
  const figures = ['staff', 'revenue', 'tax', 'employed'] as const
  return (
    <ActDrawer open onClose={onClose} title={t('setLevel')} sub={a.name} submitLabel={t('save')}
      schema={{ type: 'object', required: ['level'], properties: {
        ...Object.fromEntries(figures.map((name) => [name, { type: 'number' as const, title: t(name), minimum: 0, 'x-half': true }])),
        level: { type: 'string', title: t('level'), oneOf: [{ const: BY_RULE, title: t('byRule', { name: a.ruleLevel ?? '' }) }, ...a.levels.map((l) => ({ const: l.code, title: l.name }))] }, reason: { type: 'string', title: t('levelReason'), maxLength: 300 },
      } }}
      initial={{ ...Object.fromEntries(figures.flatMap((name) => (a.figures[name] === null ? [] : [[name, a.figures[name]]]))), level: a.levelReason ? (a.level ?? BY_RULE) : BY_RULE, reason: a.levelReason ?? undefined }}
      submit={async (v) => {
        const number = (name: string): number | null => (typeof v[name] === 'number' ? v[name] : null)
        await save.mutateAsync({ id: a.id, version: a.version, staff: number('staff'), revenue: number('revenue'), tax: number('tax'), employed: number('employed'), level: v.level === BY_RULE ? null : String(v.level), reason: typeof v.reason === 'string' ? v.reason : '' })
        say(t('done'))
      }} />
  )
}

const NO_SEAT = 'none'

/** How the enterprise is received; the seat takes its calls and conversations while it is free. */
function Access({ account: a, onClose }: { account: Account; onClose: () => void }): ReactElement {
  const save = useCommand('setEnterpriseAccess', { invalidates: ['getEnterpriseAccount'] })
  const seats = useQueryOf('listEnterpriseSeats', {})
  const rules = (['level', 'noQueue', 'ordinary'] as const).map((rule) => ({ const: rule, title: t(`rule.${rule}`) }))
  if (!seats.data) return <></>
  return (
    <ActDrawer open onClose={onClose} title={t('setAccess')} sub={a.name} submitLabel={t('save')} notice={t('accessHint')}
      schema={{ type: 'object', required: ['phone', 'chat', 'seat', 'reason'], properties: {
        phone: { type: 'string', title: t('phoneAccess'), oneOf: rules, 'x-half': true }, chat: { type: 'string', title: t('chatAccess'), oneOf: rules, 'x-half': true },
        seat: { type: 'string', title: t('ownSeat'), oneOf: [{ const: NO_SEAT, title: t('seatNone') }, ...seats.data.items.map((one) => ({ const: one.id, title: one.name }))] }, reason: { type: 'string', title: t('actReason'), maxLength: 300 },
      } }}
      initial={{ phone: a.access.phone, chat: a.access.chat, seat: a.access.seat?.id ?? NO_SEAT }}
      submit={async (v) => {
        const rule = (name: string): Account['access']['phone'] => (v[name] === 'noQueue' || v[name] === 'ordinary' ? v[name] : 'level')
        await save.mutateAsync({ id: a.id, version: a.version, phone: rule('phone'), chat: rule('chat'), seatId: v.seat === NO_SEAT ? null : String(v.seat), reason: String(v.reason) })
        say(t('done'))
      }} />
  )
}

function Statistics({ id }: { id: string }): ReactElement {
  const read = useQueryOf('enterpriseStatistics', { id })
  const list = (rows: readonly { name: string; count: number }[]): string => rows.map((r) => `${r.name} ${r.count}`).join('，') || t('none')
  return (
    <Section title={t('statistics')}>
      <QueryView query={read}>{(s) => <Facts items={[{ label: t('total'), value: s.total }, { label: t('satisfied'), value: s.satisfied }, { label: t('types'), value: list(s.types) }, { label: t('months'), value: list(s.months.map((m) => ({ name: m.month, count: m.count }))) }, { label: t('common', { name: s.industry.name, n: s.industry.enterprises }), value: list(s.industry.matters) }]} />}</QueryView>
    </Section>
  )
}
