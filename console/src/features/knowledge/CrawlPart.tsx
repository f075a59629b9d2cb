// 网站采集: sources with their rules, tried on the living site before they are saved; what each run brought.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { wordList } from './pickers.ts'
import { t } from './texts.zh-CN.ts'

type Source = OutputOf<'listCrawlSources'>['items'][number]
type Tried = OutputOf<'tryCrawlRules'>

export function CrawlPart(): ReactElement {
  const sources = useQueryOf('listCrawlSources', {}, { refetchEvery: 10_000 })
  const send = useAct('listCrawlSources', 'listCrawlRuns')
  const [editing, setEditing] = useState<Source | 'new' | null>(null)
  const [runs, setRuns] = useState<Source | null>(null)
  const run = (one: Source) => void send('runCrawlSource', { id: one.id }).then(() => say(t('crawlBegun')), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <Section title={t('crawl')} flush extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('add')}</Button>}>
      <p className="ms-hint" style={{ padding: '8px 16px 0', margin: 0 }}>{t('crawlHelp')}</p>
      <QueryView query={sources}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('noSources')} hint={t('noSourcesHint')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('directory')}</th><th scope="col">{t('state')}</th><th scope="col">{t('lastRun')}</th><th scope="col">{t('nextRun')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => (
            <tr key={one.id}><td>{one.name}<div className="ms-hint" style={{ overflowWrap: 'anywhere' }}>{one.listUrl}</div></td><td>{one.directoryName}</td><td>{one.running ? <Tag tone="primary">{t('crawlRunning')}</Tag> : one.enabled ? <Tag tone="ok">{t('enabled')}</Tag> : <Tag tone="calm">{t('disabled')}</Tag>}</td>
              <td>{one.last ? <><Time iso={one.last.begunAt} /><div className={one.last.fault ? 'ms-field-error' : 'ms-hint'}>{one.last.fault ?? t('runText', { asked: one.last.asked, added: one.last.added, changed: one.last.changed, gone: one.last.gone })}</div></> : '–'}</td><td>{one.enabled ? <Time iso={one.nextAt} /> : '–'}</td>
              <td><span className="ms-row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}><button type="button" className="ms-link-button" onClick={() => setRuns(one)}>{t('runLog')}</button><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('change')}</button><button type="button" className="ms-link-button" disabled={one.running} onClick={() => run(one)}>{t('crawlNow')}</button></span></td></tr>
          ))}</tbody></table>
      ))}</QueryView>
      {editing ? <SourceDrawer old={editing === 'new' ? null : editing} close={() => setEditing(null)} /> : null}
      {runs ? <Runs source={runs} close={() => setRuns(null)} /> : null}
    </Section>
  )
}

function SourceDrawer({ old, close }: { old: Source | null; close: () => void }): ReactElement {
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge-crawl:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const send = useAct('listCrawlSources')
  const [tried, setTried] = useState<Tried | null>(null)
  const [busy, setBusy] = useState(false)
  const rules = (value: FormValue) => ({ listUrl: String(value.listUrl ?? ''), linkRule: String(value.linkRule ?? ''), bodyFrom: String(value.bodyFrom ?? ''), bodyTo: String(value.bodyTo ?? '') })
  const trial = async (value: FormValue) => {
    setBusy(true)
    await call('tryCrawlRules', rules(value)).then(setTried, (error: unknown) => say(asProblem(error).message, 'over'))
    setBusy(false)
  }
  return (
    <ActDrawer open onClose={close} title={old ? t('change') : t('addSource')} submitLabel={t('saveIt')} loaders={{ ...orderLoaders, matter: directories }}
      initial={old ? { name: old.name, listUrl: old.listUrl, linkRule: old.linkRule, bodyFrom: old.bodyFrom, bodyTo: old.bodyTo, keywords: old.keywords.join(' '), everyHours: old.everyHours, typeCode: old.typeCode, directoryId: old.directoryId, ownerUnitId: old.ownerUnitId, enabled: old.enabled } : { everyHours: 24, enabled: true, typeCode: 'policy' }}
      schema={{ type: 'object', required: ['name', 'listUrl', 'everyHours', 'typeCode', 'directoryId', 'ownerUnitId'], properties: {
        name: { type: 'string', title: t('name'), maxLength: 60 }, listUrl: { type: 'string', title: t('listUrl'), description: t('listUrlHelp'), maxLength: 500 }, linkRule: { type: 'string', title: t('linkRule'), description: t('linkRuleHelp'), maxLength: 200 }, bodyFrom: { type: 'string', title: t('bodyFrom'), description: t('bodyFromHelp'), maxLength: 200 }, bodyTo: { type: 'string', title: t('bodyTo'), maxLength: 200 },
        keywords: { type: 'string', title: t('keywords'), description: t('crawlWordsHelp'), maxLength: 400 }, typeCode: { type: 'string', title: t('type'), oneOf: (types.data?.items ?? []).filter((one) => one.enabled).map((one) => ({ const: one.code, title: one.name })) }, directoryId: { type: 'string', format: 'matter', title: t('directory') }, ownerUnitId: { type: 'string', format: 'unit', title: t('owner') },
        everyHours: { type: 'integer', title: t('everyHours'), minimum: 1, maximum: 720 }, enabled: { type: 'boolean', title: t('enabled') },
      } }}
      notice={(form) => <><Button size="small" loading={busy} disabled={!form.value.listUrl} onClick={() => void trial(form.value)}>{t('tryRules')}</Button>{tried ? <Trial tried={tried} /> : <span className="ms-hint"> {t('tryHelp')}</span>}</>}
      submit={async (values) => { await send('saveCrawlSource', { ...(old ? { id: old.id, version: old.version } : {}), name: String(values.name), ...rules(values), keywords: wordList(values.keywords), everyHours: Number(values.everyHours), typeCode: String(values.typeCode), directoryId: String(values.directoryId), ownerUnitId: String(values.ownerUnitId), enabled: values.enabled === true }); say(t('saved')) }} />
  )
}

function Trial({ tried }: { tried: Tried }): ReactElement {
  return (
    <div className="ms-stack" style={{ marginBlockStart: 8 }}>
      {tried.fault ? <p className="ms-field-error" role="alert" style={{ margin: 0 }}>{tried.fault}</p> : null}
      {tried.links.length > 0 ? <div><strong>{t('triedLinks', { n: tried.links.length })}</strong><ul style={{ margin: 0, paddingInlineStart: 18 }}>{tried.links.slice(0, 5).map((one) => <li key={one.url}>{one.title || one.url}</li>)}</ul></div> : null}
      {tried.text ? <div><strong>{tried.title}</strong><p className="ms-hint" style={{ margin: 0, whiteSpace: 'pre-wrap', maxBlockSize: 160, overflow: 'auto' }}>{tried.text}</p></div> : null}
    </div>
  )
}

function Runs({ source, close }: { source: Source; close: () => void }): ReactElement {
  const runs = useQueryOf('listCrawlRuns', { id: source.id })
  return (
    <Drawer open onClose={close} title={`${t('runLog')} · ${source.name}`} size={720}>
      <QueryView query={runs}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('nothing')} /> : <div className="ms-stack">{data.items.map((one) => (
        <Section key={one.id} title={<Time iso={one.begunAt} />} extra={<span className="ms-hint">{one.endedAt ? t('runText', { asked: one.asked, added: one.added, changed: one.changed, gone: one.gone }) : t('crawlRunning')}</span>}>
          {one.fault ? <p className="ms-field-error" style={{ margin: 0 }}>{one.fault}</p> : null}
          {one.lines.length > 0 ? <ul className="ms-plain-list">{one.lines.map((line) => <li key={line.url}><Tag tone={line.done === '未采' ? 'near' : line.done === '已撤下' ? 'over' : 'calm'}>{line.done}</Tag> <a href={line.url} target="_blank" rel="noreferrer noopener">{line.title || line.url}</a> <span className="ms-hint">{line.why}</span></li>)}</ul> : one.fault ? null : <span className="ms-hint">{t('noChanges')}</span>}
        </Section>
      ))}</div>)}</QueryView>
    </Drawer>
  )
}
