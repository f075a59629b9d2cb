import type { ReactElement } from 'react'
import { HitsPage } from './HitsPage.tsx'

export default function FindingsPage(): ReactElement {
  return <HitsPage key="finding" effect="finding" />
}
