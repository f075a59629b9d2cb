// Classes of an upper platform: what arrived and differs, and which class of today a retired one counts as.
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../../api/call.ts'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useTopic } from '../../../api/realtime.ts'
import { useSession } from '../../../app/session.tsx'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { when } from '../../../ui/time.ts'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { categoryLoader } from '../../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type Run = OutputOf<'listSchemeSyncs'>['items'][number]
type Mapping = OutputOf<'listNodeMappings'>['items'][number]
const tones = { pending: 'near', applied: 'ok', discarded: 'calm' } as const
const kindTones = { new: 'ok', renamed: 'primary', moved: 'near', deleted: 'over' } as const
const counted = (run: Pick<Run, 'counts'>) => ({ n: run.counts.new, r: run.counts.renamed, m: run.counts.moved, d: run.counts.deleted })

export default function SyncPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const schemes = useQueryOf('listSchemes', {})
  const items = schemes.data?.items ?? []
  const scheme = search.get('scheme') ?? items[0]?.code ?? ''
  const runs = useQueryOf('listSchemeSyncs', { scheme, limit: 20 }, { enabled: scheme !== '' })
  const runId = search.get('run') ?? runs.data?.items[0]?.id
  const [pushing, setPushing] = useState(false)
  const [sourcing, setSourcing] = useState(false)
  const sources = useQueryOf('listSchemeSources', {}, { enabled: can('matters.edit') })
  const source = sources.data?.items.find((one) => one.scheme === scheme)
  const send = useAct('listSchemeSources', 'listSchemeSyncs', 'getSchemeSync', 'listNodeMappings', 'schemeTree')
  useTopic('matters.standard', ['listSchemeSyncs', 'getSchemeSync', 'listNodeMappings'])
  const edit = can('matters.edit')
  const fetchNow = async () => {
    try {
      const made = await send('fetchSchemeSource', { scheme })
      say(t('fetched'))
      setSearch({ scheme, run: made.id })
    } catch (error) {
      say(asProblem(error).title, 'over')
    }
  }
  return (
    <Page title={t('sync')} acts={<>
      <Select aria-label={t('scheme')} style={{ inlineSize: 220 }} value={scheme || undefined} options={items.map((one) => ({ value: one.code, label: one.name }))} onChange={(next: string) => setSearch({ scheme: next })} />
      {can('matters.approve') && scheme ? <Button onClick={() => setSourcing(true)}>{t('source')}</Button> : null}
      {edit && source ? <Button onClick={() => void fetchNow()}>{t('fetch')}</Button> : null}
      {edit && scheme ? <Button type="primary" onClick={() => setPushing(true)}>{t('push')}</Button> : null}
    </>}>
      <Section title={t('runs')} extra={edit ? <span className="ms-hint">{source ? <>{t('from', { url: source.url })}{source.enabled ? '' : ` · ${t('stopped')}`}{source.askedAt ? <> · {t('asked', { at: when(source.askedAt) })}</> : null}{source.fault ? <span role="alert" style={{ color: 'var(--ms-over-text)' }}> · {t('fault', { fault: source.fault })}</span> : null}</> : t('none')}</span> : null}>
        <QueryView query={runs} lines={3}>
          {(data) => (data.items.length === 0 ? <Empty kind="pending" text={t('noRuns')} /> : (
            <table className="ms-chart-table"><tbody>{data.items.map((run) => (
              <tr key={run.id}><td><button type="button" className="ms-link-button" aria-current={run.id === runId} onClick={() => setSearch({ scheme, run: run.id })}><Time iso={run.at} /></button></td><td>{run.byName}</td><td>{t('counts', counted(run))}</td><td><Tag tone={tones[run.state]}>{run.stateName}</Tag></td><td>{run.decidedByName} <Time iso={run.decidedAt} /></td></tr>
            ))}</tbody></table>
          ))}
        </QueryView>
      </Section>
      {runId ? <Differences id={runId} edit={edit} send={send} /> : null}
      {scheme ? <Mappings scheme={scheme} edit={edit} send={send} /> : null}
      <ActDrawer open={sourcing} onClose={() => setSourcing(false)} title={t('sourceTitle')} sub={items.find((one) => one.code === scheme)?.name} submitLabel={t('source')} initial={{ url: source?.url ?? '', enabled: source?.enabled ?? true }}
        schema={{ type: 'object', properties: { url: { type: 'string', title: t('sourceUrl'), description: t('sourceUrlHelp'), maxLength: 500 }, token: { type: 'string', format: 'password', title: t('token'), ...(source?.tokenSet ? { description: t('tokenKept') } : {}), maxLength: 2000 }, enabled: { type: 'boolean', title: t('daily') } } }}
        submit={async (v) => { await send('saveSchemeSource', { scheme, url: String(v['url'] ?? '').trim(), ...(v['token'] ? { token: v['token'] } : {}), enabled: v['enabled'] !== false }); say(t('sourceSaved')) }} />
      <ActDrawer open={pushing} onClose={() => setPushing(false)} title={t('push')} submitLabel={t('push')} draftKey={`sync:${scheme}`}
        schema={{ type: 'object', required: ['lines'], properties: { lines: { type: 'string', format: 'textarea', title: t('nodes'), description: t('pushHelp'), maxLength: 200_000 } } }}
        submit={async (v) => {
          const lines = String(v['lines'] ?? '').split('\n').map((line) => line.trim()).filter(Boolean)
          const nodes = lines.map((line) => { const [code = '', name = '', parent = ''] = line.split(/[,，\t]/).map((part) => part.trim()); return { code, name, parentCode: parent || null } })
          const made = await call('pushSchemeNodes', { scheme, nodes })
          setSearch({ scheme, run: made.id })
        }} />
    </Page>
  )
}

type Send = ReturnType<typeof useAct>

function Differences({ id, edit, send }: { id: string; edit: boolean; send: Send }): ReactElement {
  const run = useQueryOf('getSchemeSync', { id })
  const decide = async (outcome: 'apply' | 'discard') => {
    if (!run.data) return
    if (!(await confirm({ title: t(outcome), text: outcome === 'apply' ? t('applyAsk', counted(run.data)) : t('discardAsk'), verb: t(outcome), danger: outcome === 'apply' && run.data.counts.deleted > 0 }))) return
    await send('decideSchemeSync', { id, outcome })
    say(t(outcome === 'apply' ? 'applied' : 'discarded'))
  }
  return (
    <QueryView query={run} lines={4}>
      {(data) => (
        <Section title={t('differences')} extra={edit && data.state === 'pending' ? <><Button size="small" onClick={() => void decide('discard')}>{t('discard')}</Button> <Button size="small" type="primary" onClick={() => void decide('apply')}>{t('apply')}</Button></> : <Tag tone={tones[data.state]}>{data.stateName}</Tag>}>
          {data.differences.length === 0 ? <Empty kind="done" text={t('noDifferences')} /> : (
            <table className="ms-chart-table">
              <thead><tr><th scope="col">{t('kind')}</th><th scope="col">{t('code')}</th><th scope="col">{t('name')}</th><th scope="col">{t('before')}</th><th scope="col">{t('after')}</th></tr></thead>
              <tbody>{data.differences.map((one, i) => <tr key={i}><td><Tag tone={kindTones[one.kind]}>{t(`k_${one.kind}`)}</Tag></td><td className="ms-code">{one.code}</td><td>{one.name}</td><td>{one.before ?? '–'}</td><td>{one.after ?? '–'}</td></tr>)}</tbody>
            </table>
          )}
        </Section>
      )}
    </QueryView>
  )
}

function Mappings({ scheme, edit, send }: { scheme: string; edit: boolean; send: Send }): ReactElement {
  const list = useQueryOf('listNodeMappings', { scheme })
  const [mapping, setMapping] = useState<Mapping | null>(null)
  const loaders = useMemo(() => ({ matter: categoryLoader(scheme) }), [scheme])
  const undo = async (id: string) => {
    if (!(await confirm({ title: t('unmap'), text: t('unmapAsk'), verb: t('unmap') }))) return
    await send('unmapSchemeNode', { id })
    say(t('unmapped'))
  }
  return (
    <QueryView query={list} lines={3}>
      {(data) => (
        <Section title={t('mappings')} extra={<span className="ms-hint">{t('mappingHint', { n: data.unsettled })}</span>}>
          {data.items.length === 0 ? <Empty kind="done" text={t('noMappings')} /> : (
            <table className="ms-chart-table">
              <thead><tr><th scope="col">{t('old')}</th><th scope="col">{t('orders')}</th><th scope="col">{t('to')}</th><th scope="col">{t('proposal')}</th><th scope="col" /></tr></thead>
              <tbody>{data.items.map((one) => (
                <tr key={one.old.id}>
                  <td>{one.old.path} <span className="ms-code ms-muted">{one.old.code}</span></td><td className="ms-num" title={one.samples.length ? t('samples', { list: one.samples.map((s) => s.title).join('、') }) : undefined}>{one.orders}</td>
                  <td>{one.mapping ? <>{one.mapping.to.path} <span className="ms-hint">{one.mapping.byName} <Time iso={one.mapping.at} /></span></> : <Tag tone="near">{t('unsettled')}</Tag>}</td><td>{one.proposal?.path ?? '–'}</td>
                  <td>{edit ? one.mapping ? <Button size="small" onClick={() => void undo(one.mapping?.id ?? '')}>{t('unmap')}</Button> : <Button size="small" onClick={() => setMapping(one)}>{t('map')}</Button> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
          <ActDrawer open={mapping !== null} onClose={() => setMapping(null)} title={t('map')} sub={mapping?.old.path} submitLabel={t('map')} loaders={loaders} initial={mapping?.proposal ? { newId: mapping.proposal.id } : {}}
            schema={{ type: 'object', required: ['newId'], properties: { newId: { type: 'string', format: 'matter', title: t('choose') } } }}
            submit={async (v) => {
              await send('mapSchemeNode', { oldId: mapping?.old.id ?? '', newId: String(v['newId']) })
              say(t('mapped'))
            }} />
        </Section>
      )}
    </QueryView>
  )
}
