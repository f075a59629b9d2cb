// 登记规则: what is asked for each type, what is proofread, when a point must be picked (ORD-05, ORD-06, ORD-09).
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { Page } from '../../ui/Page.tsx'
import { ElementsPart } from './ElementsPart.tsx'
import { ExamplesPart } from './ExamplesPart.tsx'
import { PointsPart } from './PointsPart.tsx'
import { ProofreadPart } from './ProofreadPart.tsx'
import { t } from './texts.zh-CN.ts'

const parts = { elements: ElementsPart, proofread: ProofreadPart, examples: ExamplesPart, points: PointsPart } as const
const names = ['elements', 'proofread', 'examples', 'points'] as const

export default function RegistrationRulesPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const shown = names.find((one) => one === search.get('part')) ?? 'elements'
  const Part = parts[shown]
  return (
    <Page title={t('title')} bar={<div className="ms-row" style={{ padding: '8px 0' }}><Segmented value={shown} options={names.map((value) => ({ value, label: t(value) }))} onChange={(part) => setSearch({ part })} /></div>}>
      <Part />
    </Page>
  )
}
