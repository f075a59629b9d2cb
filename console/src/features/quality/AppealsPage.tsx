import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listQualityAppeals'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'label', title: t('col.object'), width: 260, wide: true, render: (row) => row.label }, { key: 'reason', title: t('appealReason'), width: 220, render: (row) => row.reason }, { key: 'by', title: t('col.agent'), width: 90, render: (row) => row.byName },
  { key: 'state', title: t('col.state'), width: 100, render: (row) => <Tag tone={row.state === 'running' ? 'primary' : row.state === 'approved' ? 'ok' : 'calm'}>{row.stateName}</Tag> }, { key: 'step', title: t('step'), width: 150, render: (row) => <>{row.step}{row.mayDecide ? <> <Tag tone="near">{t('yourTurn')}</Tag></> : null}</> },
  { key: 'points', title: t('oldNew'), width: 120, render: (row) => `${row.oldPoints} → ${row.newPoints ?? t('none')}` }, { key: 'at', title: t('time'), width: 120, render: (row) => <Time iso={row.at} /> },
]

export default function AppealsPage(): ReactElement {
  return <ListPage<Row> noSearch page="qualityAppeals" title={t('appeals')} columns={columns} filters={[{ key: 'state', label: t('col.state'), kind: 'multi', options: [{ value: 'running', label: '处理中' }, { value: 'approved', label: '已改分' }, { value: 'kept', label: '维持原分' }, { value: 'returned', label: '不予受理' }] }]} load={reads<Row>('/api/quality/appeals')} rowKey={(row) => row.id} open={(row) => `/quality/appeals/${row.id}`} empty={{ text: t('appealsNone') }} />
}
