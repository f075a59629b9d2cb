// 目录与类型: the tree, the types with their templates, the synonyms; each saved by itself.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { Page } from '../../ui/Page.tsx'
import { CrawlPart } from './CrawlPart.tsx'
import { DirectoriesPart } from './DirectoriesPart.tsx'
import { LabelsPart } from './LabelsPart.tsx'
import { OpenCallsPart } from './OpenCallsPart.tsx'
import { SynonymsPart } from './SynonymsPart.tsx'
import { TypesPart } from './TypesPart.tsx'
import { t } from './texts.zh-CN.ts'
import '../../ui/parts.css'
import './knowledge.css'

const tabs = ['directories', 'types', 'synonyms', 'labels', 'crawl', 'openApi'] as const
const parts = { directories: DirectoriesPart, types: TypesPart, synonyms: SynonymsPart, labels: LabelsPart, crawl: CrawlPart, openApi: OpenCallsPart }

export default function TreePage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'directories'
  const Part = parts[tab]
  return (
    <Page title={t('tree')} help="knowledge" state={<Segmented size="small" value={tab} options={tabs.map((value) => ({ value, label: t(value) }))} onChange={(value) => setSearch({ tab: value })} />}>
      <Part />
    </Page>
  )
}
