// One report: read as printed, edited in its words, reviewed, published, downloaded.
import { Button, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { confirm } from '../../ui/confirm.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { notify, say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { SecretPdf } from '../../ui/SecretPdf.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { CirculationPanel, SendButton } from './Circulation.tsx'
import { Paper } from './Paper.tsx'
import { SettingsButton } from './ReportSettings.tsx'
import { ReportView, viewOf, ViewTabs } from './ReportViews.tsx'
import { toneOfState } from './ReportsPage.tsx'
import { usePresence } from './use-presence.ts'
import { t } from './texts.zh-CN.ts'
import './reports.css'

type Report = OutputOf<'showReport'>
type Act = 'submit' | 'publish' | 'return' | 'unpublish' | 'withdraw'
const personalWords = (report: Report): string => report.personal.map((f) => `${f.place}（${f.kinds.join('、')}）`).join('；')
const formats = ['pdf', 'docx', 'xlsx'] as const
const formatNames = { pdf: 'PDF', docx: 'Word', xlsx: 'Excel' } as const

export default function ReportPage(): ReactElement {
  const { id = '' } = useParams()
  const report = useQueryOf('showReport', { id })
  useTopic('reports', ['showReport'])
  return <QueryView query={report}>{(data) => <Shown report={data} />}</QueryView>
}

function Shown({ report }: { report: Report }): ReactElement {
  const send = useAct('showReport', 'listReports')
  const [search, setSearch] = useSearchParams()
  const view = viewOf(search.get('view'))
  const [block, setBlock] = useState<string | null>(null)
  const others = usePresence(report.id, report.mayEdit, block)
  const [locking, setLocking] = useState(false)
  const [asking, setAsking] = useState<Act | null>(null)
  const [opinion, setOpinion] = useState('')
  const failed = (error: unknown): void => notify({ level: 'P2', title: asProblem(error).title })
  const change = async (act: Act, text = ''): Promise<void> => {
    const untracedConfirmed = act === 'publish' && report.untraced > 0
    const personalConfirmed = act === 'publish' && report.personal.length > 0
    const doubts = [untracedConfirmed ? t('confirmUntraced', { n: report.untraced }) : '', personalConfirmed ? t('confirmPersonal', { places: personalWords(report) }) : ''].filter((text) => text !== '')
    if (act === 'publish' && !(await confirm({ title: t('act.publish'), text: doubts.join('') || t('confirmPublish'), verb: t('act.publish') }))) return
    try {
      await send('changeReportState', { id: report.id, act, opinion: text, untracedConfirmed, personalConfirmed })
      say(t('done', { act: t(`act.${act}`) }))
      setAsking(null)
      setOpinion('')
    } catch (error) { failed(error) }
  }
  const begin = (act: Act): void => { if (act === 'return' || act === 'withdraw') setAsking(act); else void change(act) }
  const regenerate = async (): Promise<void> => {
    if (!(await confirm({ title: t('regenerate'), text: t('confirmRegenerate'), verb: t('regenerate') }))) return
    try { await send('regenerateReport', { id: report.id, version: report.version }); say(t('saved')) } catch (error) { failed(error) }
  }
  const save = async (block: string, text: string, was: string): Promise<boolean> => {
    try { await send('editReportText', { id: report.id, block, text, was }); say(t('saved')); return true } catch (error) { failed(error); return false }
  }
  const headings = report.content.sections.flatMap((s) => s.blocks).filter((b) => b.kind === 'heading')
  return (
    <Page title={report.name} state={<><Tag tone={toneOfState[report.state]}>{report.stateName}</Tag>{others.length > 0 ? <span className="ms-hint" aria-live="polite">{t('alsoHere', { names: others.map((one) => one.name).join('、') })}</span> : null}</>} acts={
      <>
        {formats.map((format) => <Button key={format} href={`/api/reports/${report.id}/file?format=${format}`} download>{formatNames[format]}</Button>)}<Button onClick={() => setLocking(true)}>{t('secretPdf')}</Button><Button onClick={() => window.print()}>{t('print')}</Button>
        {report.mayEdit ? <><SettingsButton report={report} /><Button onClick={() => void regenerate()}>{t('regenerate')}</Button></> : null}
        {report.circulation.maySend ? <SendButton id={report.id} circulation={report.circulation} /> : null}
        {report.acts.map((a, i) => <Button key={a.act} type={i === 0 && a.enabled && a.act !== 'unpublish' && a.act !== 'withdraw' ? 'primary' : 'default'} danger={a.act === 'withdraw'} disabled={!a.enabled} title={a.reason} onClick={() => begin(a.act as Act)}>{a.label}</Button>)}
      </>
    } bar={<ViewTabs view={view} onChange={(next) => setSearch(next ? { view: next } : {}, { replace: true })} />}>
      <div className="ms-report-layout">
        {view ? <ReportView id={report.id} view={view} /> : <Paper content={report.content} editing={report.mayEdit ? { save, onOpen: setBlock, others } : null} picture={(block) => <img alt={block.title} src={`/api/reports/${report.id}/blocks/${block.id}/picture?v=${report.version}`} />} />}
        <aside className="ms-report-side ms-no-print">
          {headings.length > 0 && !view ? <Section title={t('outline')}><ul className="ms-report-outline">{headings.map((b) => <li key={b.id}><a href={`#${b.id}`}>{b.text}</a></li>)}</ul></Section> : null}
          <Section title={t('info')}>
            <Facts columns={1} items={[
              { label: t('period'), value: `${report.fromDay} 至 ${report.toDay}` }, { label: t('category'), value: `${report.kindName} · ${report.category}` }, { label: t('author'), value: <>{report.createdByName} <Time iso={report.createdAt} /></> },
              { label: t('published'), value: report.publishedAt ? <>{report.publishedByName} <Time iso={report.publishedAt} /></> : '–' }, { label: t('readers'), value: report.readers.all ? t('readers.all') : report.readerNames.join('、') || '–' },
              { label: t('opinion'), value: report.opinion, hidden: !report.opinion }, { label: t('state'), value: t('reads', { n: report.reads }), hidden: report.state !== 'published' },
            ]} />
            {report.untraced > 0 ? <p className="ms-note" data-tone="near">{t('untracedCount', { n: report.untraced })}</p> : null}
            {report.personal.length > 0 ? <p className="ms-note" data-tone="near">{t('personalFound', { places: personalWords(report) })}</p> : null}
          </Section>
          <CirculationPanel items={report.circulation.items} />
          {report.steps.length > 0 ? <Section title={t('history')}><ol className="ms-report-steps">{report.steps.map((s, i) => <li key={i} title={s.oldText ?? undefined}>{s.actName} · {s.byName} <Time iso={s.at} />{s.newText ? <div className="ms-hint ms-ellipsis">{s.newText}</div> : null}</li>)}</ol></Section> : null}
        </aside>
      </div>
      {locking ? <SecretPdf address={`/api/reports/${report.id}/file`} name={report.name} onClose={() => setLocking(false)} /> : null}
      <Modal open={asking !== null} title={asking ? t(`act.${asking}`) : ''} okText={asking ? t(`act.${asking}`) : ''} okButtonProps={{ danger: asking === 'withdraw', disabled: opinion.trim() === '' }} onOk={() => { if (asking) void change(asking, opinion) }} onCancel={() => setAsking(null)}>
        {asking === 'withdraw' ? <p>{t('confirmWithdraw')}</p> : null}
        <Input.TextArea aria-label={t('reason')} placeholder={t('reason')} rows={3} maxLength={500} value={opinion} onChange={(e) => setOpinion(e.target.value)} />
      </Modal>
    </Page>
  )
}
