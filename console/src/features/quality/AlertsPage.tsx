// Alerts of running calls, newest first; the shift leader steps in at the monitor and writes down what he did.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listQualityAlerts'>['items'][number]

export default function AlertsPage(): ReactElement {
  const [open, setOpen] = useState<Row | null>(null)
  const send = useAct('list', 'listQualityAlerts')
  const columns: Column<Row>[] = [
    { key: 'at', title: t('time'), width: 112, render: (row) => <Time iso={row.at} /> }, { key: 'grade', title: t('grade'), width: 80, render: (row) => <Tag tone={row.grade === 'serious' ? 'over' : 'near'}>{row.grade === 'serious' ? '◆' : '▲'} {row.gradeName}</Tag> }, { key: 'rule', title: t('ruleName'), width: 110, render: (row) => row.ruleName },
    { key: 'text', title: t('sentence'), width: 280, wide: true, render: (row) => `${row.speakerName}：${row.text}` }, { key: 'agent', title: t('agent'), width: 90, render: (row) => row.agentName }, { key: 'running', title: t('col.state'), width: 90, render: (row) => <Tag tone={row.running ? 'primary' : 'calm'}>{row.running ? t('running') : t('ended2')}</Tag> },
    { key: 'handling', title: t('handling'), width: 200, render: (row) => (row.state === 'handled' ? `${row.handledBy ?? ''}：${row.handling ?? ''}` : <Button size="small" onClick={(event) => { event.stopPropagation(); setOpen(row) }}>{t('handle')}</Button>) },
  ]
  return (
    <>
      <ListPage<Row> noSearch page="qualityAlerts" title={t('alerts')} topic="quality.alerts" columns={columns} filters={[{ key: 'state', label: t('handling'), kind: 'select', options: [{ value: 'open', label: t('openAlert') }, { value: 'handled', label: t('handled') }] }, { key: 'grade', label: t('grade'), kind: 'select', options: [{ value: 'serious', label: t('serious') }, { value: 'light', label: t('light') }] }]} load={reads<Row>('/api/quality/alerts')} rowKey={(row) => row.id} onOpen={(row) => { if (row.state === 'open') setOpen(row) }} acts={<Link to="/telephony/monitor">{t('watchCall')}</Link>} empty={{ text: t('alertsNone'), hint: t('alertsNoneHint') }} />
      {open ? <ActDrawer open onClose={() => setOpen(null)} title={t('handle')} sub={`${open.ruleName} · ${open.agentName ?? ''}`} notice={`${open.speakerName}：${open.text}`} submitLabel={t('handle')} schema={{ type: 'object', required: ['handling'], properties: { handling: { type: 'string', format: 'textarea', title: t('handling'), maxLength: 300, 'x-phrases': ['已提醒座席', '已监听，座席处理得当', '已插话协助', '已接管通话'] } } }} submit={async (values) => { await send('handleQualityAlert', { id: open.id, handling: values.handling }); say(t('handled')) }} onDone={() => setOpen(null)} /> : null}
    </>
  )
}
