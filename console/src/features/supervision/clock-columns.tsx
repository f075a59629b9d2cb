// Columns of lists of clocks.
import type { Column } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, UrgencyTag } from '../../ui/Tags.tsx'
import { clockOf } from './lists.ts'
import type { ClockRow } from './lists.ts'
import { t } from './texts.zh-CN.ts'

export const clockColumns: Column<ClockRow>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'left', title: t('col.left'), width: 200, render: (row) => <ClockChip plain clock={clockOf(row)} /> },
  { key: 'title', title: t('col.title'), width: 220, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title },
  { key: 'orderState', title: t('col.orderState'), width: 120, render: (row) => <StateTag state={row.orderState} /> },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'rule', title: t('col.rule'), width: 180, render: (row) => row.ruleText },
  { key: 'due', title: t('col.due'), width: 112, render: (row) => <Time iso={row.dueAt} /> },
  { key: 'started', title: t('col.started'), width: 112, render: (row) => <Time iso={row.startedAt} />, hidden: true },
  { key: 'yellow', title: t('col.yellow'), width: 112, render: (row) => <Time iso={row.yellowAt} />, hidden: true },
]
