// The gateway to language models: where they are, the words they are asked with, what was called (AI-03).
import { Button, Checkbox, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { PromptsPart } from './PromptsPart.tsx'
import { t } from './texts.zh-CN.ts'

type Provider = OutputOf<'listAiProviders'>['items'][number]
type Trial = OutputOf<'tryAiProvider'>
const tabs = ['providers', 'prompts', 'calls', 'board'] as const

export default function GatewayPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  const tab = tabs.find((one) => one === params.get('tab')) ?? 'providers'
  return (
    <Page title={t('gateway')} sub={t('gatewayHint')} state={<Segmented size="small" value={tab} options={tabs.map((value) => ({ value, label: t(`gateway.${value}`) }))} onChange={(value) => setParams({ tab: value })} />}>
      {tab === 'providers' ? <Providers /> : tab === 'prompts' ? <PromptsPart /> : tab === 'calls' ? <Calls /> : <Board />}
    </Page>
  )
}

function Providers(): ReactElement {
  const { can } = useSession()
  const list = useQueryOf('listAiProviders', {})
  const send = useAct('listAiProviders')
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  const [trial, setTrial] = useState<{ name: string; answer: Trial } | null>(null)
  const [trying, setTrying] = useState<string | null>(null)
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const test = async (one: Provider) => {
    setTrying(one.id)
    await call('tryAiProvider', { id: one.id }).then((answer) => setTrial({ name: one.name, answer }), failed)
    setTrying(null)
  }
  const remove = async (one: Provider) => {
    if (await confirm({ title: t('provider.remove'), text: t('provider.removeText', { name: one.name }), verb: t('provider.remove'), danger: true })) await send('removeAiProvider', { id: one.id }).then(() => say(t('saved')), failed)
  }
  return (
    <QueryView query={list}>
      {({ items, outsideAllowed }) => (
        <div className="ms-stack">
          <Section title={t('gateway.providers')} flush extra={can('ai.manage') ? <Button size="small" type="primary" onClick={() => setEditing('new')}>{t('provider.add')}</Button> : null}>
            {items.length === 0 ? <Empty kind="done" text={t('provider.none')} hint={t('provider.noneHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('gateway.providers')}</caption>
                <thead><tr>{(['provider.rank', 'provider.name', 'provider.address', 'provider.place', 'state', 'provider.limits', 'provider.tokens', 'acts'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <td>{one.rank}</td><td><strong>{one.name}</strong><div className="ms-hint">{one.model}</div></td><td><bdi className="ms-code">{one.baseUrl}</bdi><div className="ms-hint">{one.hasKey ? t('provider.keySet') : t('provider.noKey')}</div></td>
                      <td>{one.inside ? t('provider.inside') : <Tag tone={outsideAllowed ? 'near' : 'over'}>{outsideAllowed ? t('provider.outside') : t('provider.outsideOff')}</Tag>}</td>
                      <td><Tag tone={one.enabled ? 'ok' : 'plain'}>{one.enabled ? t('provider.on') : t('provider.off')}</Tag></td>
                      <td>{t('provider.limitsOf', { first: one.firstMs / 1000, all: one.allMs / 1000 })}</td>
                      <td>{one.monthlyTokens === null ? one.usedTokens : `${one.usedTokens} / ${one.monthlyTokens}`}</td>
                      <td>{can('ai.manage') ? <><Button size="small" type="link" loading={trying === one.id} onClick={() => void test(one)}>{t('provider.try')}</Button><Button size="small" type="link" onClick={() => setEditing(one)}>{t('change')}</Button><Button size="small" type="link" danger onClick={() => void remove(one)}>{t('provider.remove')}</Button></> : null}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Section>
          {trial ? (
            <Section title={t('provider.trial', { name: trial.name })}>
              <dl className="ms-stack" role="status">
                <div><dt className="ms-hint">{t('provider.sent')}</dt><dd>{trial.answer.sent}</dd></div>
                <div><dt className="ms-hint">{trial.answer.ok ? t('provider.answer') : t('provider.failed')}</dt><dd>{trial.answer.answer}</dd></div>
                <div className="ms-hint">{trial.answer.firstMs === null ? t('provider.tookOnly', { ms: trial.answer.tookMs }) : t('provider.took', { first: trial.answer.firstMs, ms: trial.answer.tookMs })}</div>
              </dl>
            </Section>
          ) : null}
          {editing ? <Edit provider={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
        </div>
      )}
    </QueryView>
  )
}

function Edit({ provider, onClose }: { provider: Provider | null; onClose: () => void }): ReactElement {
  const send = useAct('listAiProviders')
  return (
    <ActDrawer open onClose={onClose} onDone={onClose} title={provider ? t('change') : t('provider.add')} sub={provider?.name} submitLabel={t('save')}
      initial={provider ? { ...provider, firstMs: provider.firstMs / 1000, allMs: provider.allMs / 1000, monthlyTokens: provider.monthlyTokens ?? undefined } : { inside: true, enabled: true, rank: 1, firstMs: 8, allMs: 60 }}
      schema={{
        type: 'object', required: ['name', 'baseUrl', 'model'],
        properties: {
          name: { type: 'string', title: t('provider.name'), maxLength: 40 }, baseUrl: { type: 'string', title: t('provider.address'), description: t('provider.addressHelp'), maxLength: 200 }, model: { type: 'string', title: t('provider.model'), maxLength: 100 },
          key: { type: 'string', title: t('provider.key'), description: provider?.hasKey ? t('provider.keyKeep') : t('provider.keyHelp'), maxLength: 500 }, inside: { type: 'boolean', title: t('provider.insideHelp') }, enabled: { type: 'boolean', title: t('provider.on') },
          rank: { type: 'integer', title: t('provider.rankHelp'), minimum: 1, maximum: 99 }, firstMs: { type: 'number', title: t('provider.first'), minimum: 0.1, maximum: 120 }, allMs: { type: 'number', title: t('provider.all'), minimum: 0.1, maximum: 600 }, monthlyTokens: { type: 'integer', title: t('provider.budget'), minimum: 1 },
        },
      }}
      submit={async (v) => {
        const ms = (value: unknown, usual: number): number => (typeof value === 'number' ? Math.round(value * 1000) : usual)
        await send('saveAiProvider', {
          ...(provider ? { id: provider.id, version: provider.version } : {}), name: String(v.name), baseUrl: String(v.baseUrl), model: String(v.model), ...(typeof v.key === 'string' && v.key !== '' ? { key: v.key } : {}), inside: v.inside === true, enabled: v.enabled === true,
          rank: typeof v.rank === 'number' ? v.rank : 1, firstMs: ms(v.firstMs, 8000), allMs: ms(v.allMs, 60_000), monthlyTokens: typeof v.monthlyTokens === 'number' ? v.monthlyTokens : null,
        })
        say(t('saved'))
      }} />
  )
}

const results = { ok: 'ok', late: 'over', refused: 'over', unreachable: 'over', garbled: 'over', unfounded: 'near', overBudget: 'near' } as const
const isResult = (value: string): value is keyof typeof results => value in results

function Calls(): ReactElement {
  const [failed, setFailed] = useState(false)
  const [cursors, setCursors] = useState<string[]>([])
  const list = useQueryOf('listAiCalls', { limit: 50, ...(failed ? { failed: 'true' } : {}), ...(cursors.at(-1) ? { cursor: cursors.at(-1) } : {}) }, { keepPrevious: true })
  return (
    <div className="ms-stack">
      <div><Checkbox checked={failed} onChange={(e) => { setFailed(e.target.checked); setCursors([]) }}>{t('calls.failed')}</Checkbox></div>
      <QueryView query={list}>
        {({ items, next }) => (
          <Section flush>
            {items.length === 0 ? <Empty kind={failed ? 'filter' : 'done'} text={failed ? undefined : t('calls.none')} hint={failed ? undefined : t('calls.noneHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('gateway.calls')}</caption>
                <thead><tr>{(['at', 'name', 'provider.model', 'calls.result', 'calls.tokens', 'calls.took', 'calls.masked', 'by'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                <tbody>{items.map((one) => <tr key={one.id}><td><Time iso={one.at} /></td><td>{one.applicationName}</td><td>{one.providerName || '–'} <span className="ms-hint">{one.model}</span></td><td>{isResult(one.result) ? <Tag tone={results[one.result]}>{t(`result.${one.result}`)}</Tag> : one.result} <span className="ms-hint">{one.detail}</span></td><td>{one.tokens}</td><td>{one.firstMs === null ? `${one.tookMs} ms` : `${one.firstMs} / ${one.tookMs} ms`}</td><td>{one.masked}</td><td>{one.byName}</td></tr>)}</tbody>
              </table>
            )}
            {cursors.length > 0 || next ? <div className="ms-row" style={{ justifyContent: 'flex-end', padding: 8 }}><Button size="small" disabled={cursors.length === 0} onClick={() => setCursors(cursors.slice(0, -1))}>{t('calls.newer')}</Button><Button size="small" disabled={!next} onClick={() => { if (next) setCursors([...cursors, next]) }}>{t('calls.older')}</Button></div> : null}
          </Section>
        )}
      </QueryView>
    </div>
  )
}

function Board(): ReactElement {
  const board = useQueryOf('aiCallBoard', {})
  return (
    <QueryView query={board}>
      {({ items }) => (
        <Section flush>
          {items.length === 0 ? <Empty kind="done" text={t('calls.none')} hint={t('calls.noneHint')} /> : (
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('gateway.board')}</caption>
              <thead><tr>{(['board.month', 'name', 'board.calls', 'board.failed', 'calls.tokens', 'p95'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
              <tbody>{items.map((one) => <tr key={`${one.month} ${one.application}`}><td>{one.month}</td><td>{one.applicationName}</td><td>{one.calls}</td><td>{one.failed > 0 ? <Tag tone="over">{one.failed}</Tag> : 0}</td><td>{one.tokens}</td><td>{one.p95 === null ? '–' : `${one.p95} ms`}</td></tr>)}</tbody>
            </table>
          )}
        </Section>
      )}
    </QueryView>
  )
}
