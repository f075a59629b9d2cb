// The chosen item beside the hits: enough to answer with, and the acts of a reader.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { ItemBody } from './ItemBody.tsx'
import { ReaderActs } from './ReaderActs.tsx'
import { t } from './texts.zh-CN.ts'

export function ItemPreview({ id, words }: { id: string; words: readonly string[] }): ReactElement {
  const item = useQueryOf('getKnowledgeItem', { id }, { staleTime: 60_000 })
  return (
    <QueryView query={item}>{(data) => (
      <>
        <div className="ms-row" style={{ justifyContent: 'space-between', alignItems: 'start', flexWrap: 'nowrap' }}><h2><Link to={`/knowledge/items/${id}`}>{data.title}</Link></h2><Link to={`/knowledge/items/${id}`}><Button size="small">{t('open')}</Button></Link></div>
        {data.why ? <div className="ms-note" role="alert">{t('gone', { title: data.title, why: data.why })}{data.successor ? <> {t('successor')}：<Link to={`/knowledge/items/${data.successor.id}`}>{data.successor.title}</Link></> : null}</div> : null}
        <div className="ms-kno-meta"><Tag tone="primary">{data.typeName}</Tag><span>{data.directoryPath.join(' / ')}</span><span>{data.ownerUnitName}</span><span>{data.validTo ? t('validTo', { day: data.validTo }) : t('valid')}</span>{data.number ? <span>{t('version', { n: data.number })}</span> : null}</div>
        <ReaderActs item={data} />
        {data.content ? <ItemBody content={data.content} fields={data.fields} files={data.files} words={words} /> : null}
      </>
    )}</QueryView>
  )
}
