// The register of applications: how each runs, with which model, and what people made of it (AI-02).
import { Button, Checkbox, Drawer, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { ChangeDrawer } from './ChangeDrawer.tsx'
import { percent, t } from './texts.zh-CN.ts'

export type App = OutputOf<'listAiApplications'>['items'][number]
const tones = { off: 'plain', suggest: 'primary', prefill: 'primary', auto: 'near' } as const

export default function AppsPage(): ReactElement {
  const [params, setParams] = useSearchParams()
  const { can } = useSession()
  const apps = useQueryOf('listAiApplications', {})
  const [changing, setChanging] = useState<App | null>(null)
  const [history, setHistory] = useState<App | null>(null)
  const theme = params.get('theme') ?? ''
  const all = params.get('all') === '1'
  const set = (key: string, value: string) => setParams((held) => { const next = new URLSearchParams(held); if (value) next.set(key, value); else next.delete(key); return next }, { replace: true })
  return (
    <Page title={t('apps')} help="ai" sub={t('appsHint')}>
      <QueryView query={apps}>
        {({ items }) => {
          const themes = [...new Map(items.map((one) => [one.theme, one.themeName]))]
          const shown = items.filter((one) => (theme === '' || one.theme === theme) && (all || one.ready))
          return (
            <>
              <div className="ms-row" style={{ marginBlockEnd: 12 }}>
                <Select aria-label={t('theme')} style={{ inlineSize: 140 }} value={theme} onChange={(value) => set('theme', value)} options={[{ value: '', label: t('allThemes') }, ...themes.map(([value, label]) => ({ value, label }))]} />
                <Checkbox checked={!all} onChange={(e) => set('all', e.target.checked ? '' : '1')}>{t('onlyReady')}</Checkbox>
              </div>
              <Section flush>
                {shown.length === 0 ? <Empty kind="filter" /> : (
                  <table className="ms-plain-table">
                    <caption className="ms-hidden">{t('apps')}</caption>
                    <thead><tr>{(['name', 'theme', 'mode', 'model', 'live', 'p95', 'target', 'acts'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                    <tbody>
                      {shown.map((one) => (
                        <tr key={one.code}>
                          <td title={one.metric}><strong>{one.name}</strong> <span className="ms-hint">{one.engines}</span></td>
                          <td>{one.themeName}</td>
                          <td>{one.ready ? <Tag tone={tones[one.mode]}>{t(`mode.${one.mode}`)}</Tag> : <span className="ms-hint">{t('notReady')}</span>}</td>
                          <td>{one.model ? `${t('version', { n: one.model.number })}${one.model.hit1 === null ? '' : `，${t('hit', { share: percent(one.model.hit1) })}`}` : <span className="ms-hint">{one.trained ? t('noModel') : t('untrained')}</span>}</td>
                          <td>{one.live.decided > 0 ? t('liveShare', { n: one.live.decided, first: percent(one.live.first / one.live.decided), any: percent(one.live.any / one.live.decided) }) : <span className="ms-hint">{t('noLive')}</span>}</td>
                          <td>{one.live.p95 === null ? '–' : `${one.live.p95} ms`}</td>
                          <td title={one.metric}>{one.target === null ? '–' : percent(one.target)}</td>
                          <td>
                            {can('ai.manage') && one.ready ? <Button size="small" type="link" onClick={() => setChanging(one)}>{t('change')}</Button> : null}
                            <Button size="small" type="link" onClick={() => setHistory(one)}>{t('changes')}</Button>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                )}
              </Section>
            </>
          )
        }}
      </QueryView>
      {changing ? <ChangeDrawer app={changing} onClose={() => setChanging(null)} /> : null}
      {history ? <Drawer open size={560} title={`${history.name} · ${t('changes')}`} onClose={() => setHistory(null)}><History code={history.code} /></Drawer> : null}
    </Page>
  )
}

const names: Record<string, string> = { mode: t('mode'), candidates: t('candidates'), threshold: t('threshold'), limitMs: t('limit'), target: t('target') }
const modeNames: Record<string, string> = { off: t('mode.off'), suggest: t('mode.suggest'), prefill: t('mode.prefill'), auto: t('mode.auto') }
const shownValue = (key: string, value: unknown): string => (typeof value === 'string' ? (modeNames[value] ?? value) : typeof value !== 'number' ? '–' : key === 'limitMs' ? `${value} ms` : key === 'candidates' ? String(value) : percent(value))

function History({ code }: { code: string }): ReactElement {
  const changes = useQueryOf('listAiApplicationChanges', { code })
  return (
    <QueryView query={changes}>
      {({ items }) => (items.length === 0 ? <Empty kind="done" text={t('none')} /> : (
        <ul className="ms-plain-list">
          {items.map((one) => <li key={one.id}><div>{Object.entries(one.changes).map(([key, { old, new: now }]) => `${names[key] ?? key}：${shownValue(key, old)} → ${shownValue(key, now)}`).join('；')}</div><div className="ms-hint"><Time iso={one.at} /> {one.byName} · {one.reason}</div></li>)}
        </ul>
      ))}
    </QueryView>
  )
}
