// What the departments said about whose matter it is.
import type { ReactElement } from 'react'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { DisputeRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const tones = { ours: 'ok', notOurs: 'over', shared: 'near' } as const

/** Each department with what it says, for readers and for hover. */
export const saidBy = ({ voices }: Pick<DisputeRow, 'voices'>): string => voices.map((one) => `${one.unitName}：${one.position ? t(`voice.${one.position}`) : t('voice.waiting')}`).join('；')

const positions = ['ours', 'shared', 'notOurs', null] as const

/** How many departments say what, without opening the row. */
export function VoicesLine({ list }: { list: DisputeRow['voices'] }): ReactElement {
  if (list.length === 0) return <>–</>
  return (
    <>
      {positions.map((position) => {
        const n = list.filter((one) => one.position === position).length
        return n > 0 ? <Tag key={position ?? 'none'} tone={position ? tones[position] : 'plain'}>{position ? t(`voice.${position}.short`) : t('voice.waiting')} {n}</Tag> : null
      })}
    </>
  )
}

export function Voices({ list }: { list: DisputeRow['voices'] }): ReactElement {
  if (list.length === 0) return <span className="ms-hint">{t('adjudicate.noVoices')}</span>
  return (
    <div className="ms-stack">
      <strong>{t('adjudicate.voices')}</strong>
      {list.map((one) => (
        <div key={one.unitId}>
          <div className="ms-row"><span className="ms-grow">{one.unitName}</span>{one.position ? <Tag tone={tones[one.position]}>{t(`voice.${one.position}`)}</Tag> : <span className="ms-hint">{t('voice.waiting')}</span>}</div>
          {one.text ? <div className="ms-text">{one.text}</div> : null}
          {one.at ? <span className="ms-hint">{one.byName} <Time iso={one.at} /></span> : null}
        </div>
      ))}
    </div>
  )
}
