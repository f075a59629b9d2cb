// Parts that the lists of handling share: columns of the order, durations.
import type { ReactElement } from 'react'
import type { Column } from '../../ui/ListPage.tsx'
import { UrgencyTag } from '../../ui/Tags.tsx'
import { duration } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'

type Ordered = { number: string; title: string; urgency: string }
export const numberColumn = <T extends Ordered>(): Column<T> => ({ key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number })
/** Takes the width that is left, unless another column does and this one has its own. */
export const titleColumn = <T extends Ordered>(width?: number): Column<T> => ({ key: 'title', title: t('col.title'), width: width ?? 240, wide: width === undefined, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title })

/** What is left of a permitted time, or by how much it is over. */
export function Left({ ms }: { ms: number | null }): ReactElement {
  if (ms === null) return <>–</>
  return ms > 0 ? <>{duration(ms)}</> : <strong style={{ color: 'var(--ms-over)' }}>{t('over', { time: duration(-ms) })}</strong>
}
