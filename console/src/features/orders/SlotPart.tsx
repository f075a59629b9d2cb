// One module's part of the order page: loads late, fails alone.
import { Component, Suspense, lazy, useState } from 'react'
import type { ComponentType, ReactElement, ReactNode } from 'react'
import { Loading } from '../../ui/Empty.tsx'
import { t as kit } from '../../ui/texts.zh-CN.ts'
import type { SlotProps } from './slots.ts'
import type { OrderDetail } from './order-types.ts'
import { t } from './texts.zh-CN.ts'

type Loader = () => Promise<{ default: ComponentType<SlotProps> }>

export function SlotPart({ load, order }: { load: Loader; order: OrderDetail }): ReactElement {
  const [attempt, setAttempt] = useState(0)
  return <Boundary key={attempt} retry={() => setAttempt(attempt + 1)}><Loaded load={load} order={order} /></Boundary>
}

function Loaded({ load, order }: { load: Loader; order: OrderDetail }): ReactElement {
  const [Part] = useState(() => lazy(load))
  return <Suspense fallback={<Loading lines={3} />}><Part order={order} /></Suspense>
}

class Boundary extends Component<{ retry: () => void; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return <div className="ms-hint">{t('p.module')} <button type="button" className="ms-link-button" onClick={this.props.retry}>{kit('retry')}</button></div>
  }
}
