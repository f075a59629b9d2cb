import type { ReactElement } from 'react'
import { HitsPage } from './HitsPage.tsx'

export default function AlertsPage(): ReactElement {
  return <HitsPage key="alert" effect="alert" />
}
