import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { Tag } from '../../ui/Tags.tsx'
import { marked } from './DocView.tsx'
import { t } from './texts.zh-CN.ts'

export type Hit = OutputOf<'searchKnowledge'>['items'][number]

/** One hit: what, where in it, why. */
export function HitLines({ hit, short }: { hit: Hit; short?: boolean }): ReactElement {
  const { why } = hit
  const by = why.by === 'all' || why.by === 'newest' ? null : t(`by.${why.by}`)
  return (
    <>
      <span className="ms-row" style={{ gap: 6 }}><Tag tone="primary">{hit.typeName}</Tag><strong>{marked(hit.title, why.words)}</strong></span>
      {hit.excerpt ? <p>{why.heading ? <span className="ms-hint">{t('inHeading', { name: why.heading })} </span> : null}{marked(hit.excerpt, why.words)}</p> : null}
      <span className="ms-kno-meta">
        {why.fileName ? <Tag tone="near" icon="clip">{t('inFile', { name: why.fileName })}</Tag> : null}
        {by ? <Tag tone="calm">{by}</Tag> : null}
        {why.synonyms.slice(0, 2).map((one) => <Tag key={one.typed + one.synonym} tone="low">{t('synonym', one)}</Tag>)}
        {short ? null : <span>{hit.directoryPath.join(' / ')}</span>}
        <span>{hit.ownerUnitName}</span>
        {short ? null : <span>{hit.validTo ? t('validTo', { day: hit.validTo }) : t('valid')}</span>}
        <span>{t('version', { n: hit.version })}</span>
        {hit.cites > 0 ? <span>{t('cites', { n: hit.cites })}</span> : null}
      </span>
    </>
  )
}

/** Asked for one attribute of a thing: the value first, then the hits. */
export function AnswerLine({ answer }: { answer: NonNullable<OutputOf<'searchKnowledge'>['answer']> }): ReactElement {
  return <div className="ms-note" data-tone="info" role="status"><strong>{answer.attribute}：{answer.value}</strong> <Link to={`/knowledge/items/${answer.itemId}`} className="ms-hint">{t('answerFrom', { title: answer.title, n: answer.version })}</Link></div>
}
