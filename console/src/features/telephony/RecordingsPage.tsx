// 录音: search, hear with a picture of both voices, download one or many with a mark (TEL-49).
import { Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { csrfToken } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { fileSize } from '../../ui/numbers.ts'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { stopwatch } from '../../ui/time.ts'
import { Player } from './Player.tsx'
import { reads } from '../../ui/reads.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listRecordings'>['items'][number]
const load = reads<Row>('/api/telephony/recordings')
const stateTones: Record<string, 'ok' | 'over' | 'calm'> = { stored: 'ok', failed: 'over', deleted: 'calm' }
const columns: Column<Row>[] = [
  { key: 'at', title: t('col.at'), width: 116, render: (row) => <Time iso={row.at} /> },
  { key: 'direction', title: t('col.direction'), width: 64, render: (row) => row.directionName },
  { key: 'phone', title: t('col.phone'), width: 128, render: (row) => <bdi className="ms-num">{row.phone ?? t('hiddenNumber')}</bdi> },
  { key: 'agents', title: t('col.agent'), width: 120, render: (row) => row.agentNames.join('、') || '–' },
  { key: 'queue', title: t('col.queue'), width: 112, render: (row) => row.queueName ?? '–' },
  { key: 'length', title: t('col.length'), width: 72, align: 'end', render: (row) => (row.ms === null ? '–' : stopwatch(row.ms)) },
  { key: 'size', title: t('col.size'), width: 80, align: 'end', render: (row) => (row.size === null ? '–' : fileSize(row.size)) },
  { key: 'state', title: t('col.state'), width: 88, render: (row) => <Tag tone={stateTones[row.state] ?? 'near'}>{row.stateName}</Tag> },
  { key: 'access', title: t('col.access'), width: 80, align: 'end', render: (row) => row.accessCount },
  { key: 'orders', title: t('col.orders'), width: 200, wide: true, render: (row) => row.orders.map((order) => <a key={order.id} className="ms-link" href={`/orders/${order.number}`}>{order.number} </a>) },
]

/** Only the server knows how many may go at once; it refuses what is above. */
async function downloadMany(ids: string[]): Promise<void> {
  const answer = await fetch('/api/telephony/recordings/download', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken() ?? '' }, body: JSON.stringify({ ids }) })
  if (!answer.ok) {
    const problem: unknown = await answer.json().catch(() => null)
    return say(typeof problem === 'object' && problem !== null && 'title' in problem ? String(problem.title) : t('act.failed', { why: String(answer.status) }), 'over')
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = `${t('recordingsTitle')}.zip`
  link.click()
  URL.revokeObjectURL(link.href)
}

export default function RecordingsPage(): ReactElement {
  const { can } = useSession()
  const [shown, setShown] = useState<Row | null>(null)
  const [storage, setStorage] = useState(false)
  const filters = useMemo((): Filter[] => [
    { key: 'direction', label: t('filter.direction'), kind: 'select', options: (['inbound', 'outbound', 'internal'] as const).map((value) => ({ value, label: t(value) })) }, { key: 'extension', label: t('extensionsTitle'), kind: 'text' }, { key: 'task', label: t('filter.dialTask'), kind: 'text' }, { key: 'at', label: t('col.at'), kind: 'dates', keys: ['from', 'to'], instants: true },
  ], [])
  return (
    <>
      <ListPage<Row> page="telephony.recordings" title={t('recordingsTitle')} columns={columns} filters={filters} load={load} rowKey={(row) => row.id} searchHint={t('searchCalls')} topic="telephony.calls"
        open={(row) => `/telephony/calls?call=${row.callId}`} rowActs={(row) => (row.mayPlay ? [{ id: 'play', label: t('play'), run: () => setShown(row) }] : [])} preview={(row) => <Detail id={row.id} />}
        bulkActs={can('telephony.download') ? [{ id: 'download', label: t('downloadMany'), run: async (selection) => { if ('ids' in selection) await downloadMany(selection.ids) } }] : undefined}
        acts={<button type="button" className="ms-link-button" onClick={() => setStorage(true)}>{t('storage')}</button>} empty={{ text: t('noRecordings') }} />
      <Drawer open={shown !== null} size={720} title={t('recordingsTitle')} onClose={() => setShown(null)} destroyOnHidden>{shown ? <Detail id={shown.id} /> : null}</Drawer>
      <Drawer open={storage} size={560} title={t('storage')} onClose={() => setStorage(false)} destroyOnHidden>{storage ? <Storage /> : null}</Drawer>
    </>
  )
}

function Detail({ id }: { id: string }): ReactElement {
  const detail = useQueryOf('showRecording', { id })
  return (
    <QueryView query={detail}>
      {(row) => (
        <div className="ms-stack">
          <Facts columns={2} items={[{ label: t('col.at'), value: <Time iso={row.at} /> }, { label: t('col.phone'), value: row.phone ?? '–' }, { label: t('col.agent'), value: row.agentNames.join('、') || '–' }, { label: t('col.orders'), value: row.orders.map((order) => order.number).join('、') || '–' }]} />
          {row.mayPlay ? <Player src={`/api/telephony/recordings/${id}/content`} ms={row.ms} peaks={row.peaks} onStart={() => setTimeout(() => void detail.refetch(), 800)} /> : <span className="ms-hint">{row.state === 'deleted' ? t('gone') : row.state === 'failed' ? t('failedRecording', { why: row.reason ?? '' }) : t('notReady')}</span>}
          {row.mayDownload ? <a className="ms-link" href={`/api/telephony/recordings/${id}/download`} download>{t('download')}</a> : null}
          <Section title={t('access')}>{row.accesses.length === 0 ? <span className="ms-hint">{t('none')}</span> : row.accesses.map((one) => <div key={`${one.at}${one.action}`} className="ms-row"><Time iso={one.at} /><span>{one.userName}</span><Tag tone={one.action === 'download' ? 'near' : 'plain'}>{one.actionName}</Tag></div>)}</Section>
        </div>
      )}
    </QueryView>
  )
}

function Storage(): ReactElement {
  const storage = useQueryOf('recordingStorage', {})
  return (
    <QueryView query={storage}>
      {(data) => (
        <div className="ms-stack">
          <Facts columns={2} items={[{ label: t('storage'), value: `${t('files', { n: data.files })} · ${fileSize(data.bytes)}` }, { label: t('room'), value: data.freeBytes === null ? '–' : t('free', { size: fileSize(data.freeBytes) }) }, { label: t('period'), value: t('retention', { n: data.retentionDays }) }, { label: t('col.state'), value: data.states.map((one) => `${one.stateName} ${one.files}`).join(' · ') || '–' }]} />
          {data.usedShare !== null && data.usedShare >= data.warningShare ? <div className="ms-note ms-over" role="alert">{t('almostFull')}（{t('used', { n: data.usedShare })}）</div> : data.usedShare === null ? null : <span className="ms-hint">{t('used', { n: data.usedShare })}</span>}
          <table className="ms-plain-table"><thead><tr><th scope="col">{t('month')}</th><th scope="col" className="ms-num">{t('recordings')}</th><th scope="col" className="ms-num">{t('col.size')}</th></tr></thead><tbody>{data.months.map((one) => <tr key={one.month}><td>{one.month}</td><td className="ms-num">{one.files}</td><td className="ms-num">{fileSize(one.bytes)}</td></tr>)}</tbody></table>
        </div>
      )}
    </QueryView>
  )
}
