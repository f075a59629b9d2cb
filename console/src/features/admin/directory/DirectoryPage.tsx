// 机构用户同步: what runs of outside directories did, and the conflicts that a person decides (PLA-08).
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Section, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { Sources } from './Sources.tsx'
import { t } from './texts.zh-CN.ts'

type Conflict = OutputOf<'listDirectorySyncConflicts'>['items'][number]
const tones = { open: 'near', applied: 'ok', ignored: 'calm', solved: 'ok' } as const

export default function DirectoryPage(): ReactElement {
  const open = useQueryOf('listDirectorySyncConflicts', { open: 'true', limit: 100 })
  const decided = useQueryOf('listDirectorySyncConflicts', { open: 'false', limit: 20 })
  const runs = useQueryOf('listDirectorySyncRuns', { limit: 50 })
  const send = useAct('listDirectorySyncConflicts')
  const [deciding, setDeciding] = useState<{ row: Conflict; outcome: 'apply' | 'ignore' } | null>(null)
  const table = (rows: Conflict[], acts: boolean): ReactElement => (
    <table className="ms-plain-table">
      <caption className="ms-hidden">{t(acts ? 'conflicts' : 'decided')}</caption>
      <thead><tr><th scope="col" style={{ inlineSize: 72 }}>{t('kind')}</th><th scope="col" style={{ inlineSize: 140 }}>{t('code')}</th><th scope="col" style={{ inlineSize: 160 }}>{t('name')}</th><th scope="col">{t('message')}</th><th scope="col" style={{ inlineSize: 100 }}>{t('source')}</th><th scope="col" style={{ inlineSize: 140 }}>{t('at')}</th><th scope="col" style={{ inlineSize: 160 }}>{acts ? null : t('state')}</th></tr></thead>
      <tbody>{rows.map((row) => (
        <tr key={row.id}>
          <td>{t(row.kind)}</td><td className="ms-code">{row.code}</td><td>{row.name}</td><td title={row.reason ?? row.message}>{row.message}{row.reason ? <span className="ms-hint"> {row.reason}</span> : null}</td><td className="ms-code">{row.source}</td><td><Time iso={row.decidedAt ?? row.foundAt} /></td>
          <td>{acts ? <span className="ms-row"><button type="button" className="ms-link-button" onClick={() => setDeciding({ row, outcome: 'apply' })}>{t('apply')}</button><button type="button" className="ms-link-button" onClick={() => setDeciding({ row, outcome: 'ignore' })}>{t('ignore')}</button></span> : <><Tag tone={tones[row.state]}>{t(row.state)}</Tag> <span className="ms-hint">{row.decidedByName}</span></>}</td>
        </tr>
      ))}</tbody>
    </table>
  )
  return (
    <Page title={t('title')} help="directory" sub={t('sub')}>
      <div className="ms-stack">
        <QueryView query={open}>{({ items }) => <Section title={t('conflicts')} flush={items.length > 0}>{items.length === 0 ? <Empty kind="done" text={t('noConflicts')} /> : table(items, true)}</Section>}</QueryView>
        <Sources />
        <QueryView query={runs}>
          {({ items }) => (
            <Section title={t('runs')} flush={items.length > 0}>
              {items.length === 0 ? <Empty kind="done" text={t('noRuns')} hint={t('noRunsHint')} /> : (
                <table className="ms-plain-table">
                  <caption className="ms-hidden">{t('runs')}</caption>
                  <thead><tr><th scope="col" style={{ inlineSize: 140 }}>{t('at')}</th><th scope="col" style={{ inlineSize: 120 }}>{t('source')}</th><th scope="col" style={{ inlineSize: 72 }}>{t('mode')}</th><th scope="col">{t('units')}</th><th scope="col">{t('users')}</th><th scope="col" style={{ inlineSize: 120 }}>{t('by')}</th></tr></thead>
                  <tbody>{items.map((run) => <tr key={run.id}><td><Time iso={run.at} /></td><td className="ms-code">{run.source}</td><td>{t(run.mode)}</td><td>{t('tally', run.counts.units)}</td><td>{t('tally', run.counts.users)}</td><td>{run.byName}</td></tr>)}</tbody>
                </table>
              )}
            </Section>
          )}
        </QueryView>
        {decided.data?.items.length ? <Section title={t('decided')} flush>{table(decided.data.items, false)}</Section> : null}
      </div>
      <ActDrawer open={deciding !== null} onClose={() => setDeciding(null)} title={deciding ? `${t(deciding.outcome)} ${deciding.row.name}` : ''} submitLabel={deciding ? t(deciding.outcome) : ''} notice={deciding ? `${deciding.row.message}。${t(deciding.outcome === 'apply' ? 'applyHint' : 'ignoreHint')}` : null}
        schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', title: t('reason'), format: 'textarea', maxLength: 200 } } }}
        submit={async (values) => {
          await send('decideDirectorySyncConflict', { id: deciding?.row.id ?? '', outcome: deciding?.outcome, reason: values.reason })
          say(t('done'))
          setDeciding(null)
        }} />
    </Page>
  )
}
