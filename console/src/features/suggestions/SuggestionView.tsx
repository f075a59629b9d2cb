// One suggestion: what it says, where it stands, what it resembles.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useQueryOf } from '../../api/queries.ts'
import { Attachments } from '../../ui/Attachments.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { tones, type Deed, type Detail } from './SuggestionsPage.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { id: string; onOpen: (id: string) => void; onEdit: (one: Detail) => void; onSubmit: (one: Detail) => void; onDeed: (deed: Deed) => void }

export function SuggestionView({ id, onOpen, onEdit, onSubmit, onDeed }: Props): ReactElement {
  const one = useQueryOf('getSuggestion', { id })
  return (
    <QueryView query={one}>
      {(data) => (
        <div className="ms-stack">
          <Section title={<span className="ms-row">{data.title} <Tag tone={tones[data.state]}>{t(data.state)}</Tag></span>} extra={<div className="ms-acts">{data.acts.map((act) => {
            if (act === 'edit') return <Button key={act} onClick={() => onEdit(data)}>{t('edit')}</Button>
            if (act === 'submit') return <Button key={act} type="primary" onClick={() => onSubmit(data)}>{t('submit')}</Button>
            const deed: Deed = act === 'advance' ? (data.state === 'planned' ? 'develop' : 'release') : act
            return <Button key={act} {...(act === 'refuse' ? {} : { type: 'primary' as const })} onClick={() => onDeed(deed)}>{t(deed)}</Button>
          })}</div>}>
            <Facts columns={2} items={[
              { label: t('kind'), value: t(data.kind) }, { label: t('urgency'), value: t(data.urgency) }, { label: t('by'), value: `${data.by}（${data.tenantName} ${data.unitName}）` }, { label: t('language'), value: t(`lang_${data.language}`) },
              { label: t('reasonMust'), value: data.reason, hidden: data.reason === null },
            ]} />
            <p style={{ whiteSpace: 'pre-wrap' }} lang={data.language}>{data.content}</p>
            {data.effect ? <Facts items={[{ label: t('effect'), value: data.effect }]} /> : null}
            {data.files.length > 0 ? <Attachments value={data.files} readOnly /> : null}
          </Section>
          {data.history.length > 0 ? (
            <Section title={t('history')} flush>
              <table className="ms-plain-table"><caption className="ms-hidden">{t('history')}</caption><tbody>{data.history.map((entry) => <tr key={`${entry.at} ${entry.state}`}><td style={{ inlineSize: 96 }}>{t(entry.state)}</td><td>{entry.by}{entry.text ? <div className="ms-hint">{entry.text}</div> : null}</td><td style={{ inlineSize: 140 }}><Time iso={entry.at} /></td></tr>)}</tbody></table>
            </Section>
          ) : null}
          {data.similar.length > 0 ? (
            <Section title={t('similar')} flush>
              <table className="ms-plain-table"><caption className="ms-hidden">{t('similarHint')}</caption><tbody>{data.similar.map((like) => (
                <tr key={like.id}><td><button type="button" className="ms-link-button" onClick={() => onOpen(like.id)}>{like.title}</button> <span className="ms-hint">{like.tenantName}</span></td><td style={{ inlineSize: 96 }}><Tag tone={tones[like.state]}>{t(like.state)}</Tag></td><td className="ms-num" style={{ inlineSize: 120 }}>{t('score')} {Math.round(like.score * 100)}%</td></tr>
              ))}</tbody></table>
            </Section>
          ) : null}
        </div>
      )}
    </QueryView>
  )
}
