// Figures are those of the own centre; who reads downward opens those below with this.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSession } from '../../app/session.tsx'
import { t } from './texts.zh-CN.ts'

export function BelowSwitch({ on, set }: { on: boolean; set: (on: boolean) => void }): ReactElement | null {
  const { can } = useSession()
  // units look at their own line, whatever is chosen
  if (can('orders.handle')) return null
  return <Segmented aria-label={t('filter.below')} value={on} options={[{ value: false, label: t('filter.own') }, { value: true, label: t('filter.below') }]} onChange={set} />
}
