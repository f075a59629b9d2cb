// After saving: unit and requester side by side, the difference marked, and what follows in words.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useKeys } from '../../ui/keys.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { questions } from './answers.ts'
import { t } from './texts.zh-CN.ts'

export type Result = NonNullable<OutputOf<'showCallback'>['result']>

const words: Record<string, string> = { yes: t('stated.yes'), no: t('stated.no'), partly: t('stated.partly'), notStated: t('stated.notStated') }
export const statedWords = (value: string | null): string => (value === null ? t('stated.nothing') : (words[value] ?? value))
export const outcomeTone = (outcome: string): Tone => (outcome === 'satisfied' ? 'ok' : outcome === 'dissatisfied' ? 'over' : outcome === 'notAttributable' ? 'near' : 'calm')

export function ResultCard({ result, onNext }: { result: Result; onNext?: () => void }): ReactElement {
  useKeys(t('desk'), [{ keys: 'n', label: t('result.next'), run: () => onNext?.(), enabled: onNext !== undefined }])
  return (
    <>
      <header className="ms-desk-head">
        <div className="ms-row"><h2>{t('result.title')}</h2><Tag tone={outcomeTone(result.outcome)}>{result.outcomeName}</Tag></div>
        <div className="ms-callback-consequence" data-tone={outcomeTone(result.outcome)} role="status">{result.consequence}</div>
      </header>
      <div className="ms-desk-body" tabIndex={0}>
        <table className="ms-callback-compare">
          <caption className="ms-hidden">{t('result.title')}</caption>
          <thead><tr><th scope="col">{t('result.question')}</th><th scope="col">{t('result.unit')}{result.unitName ? <span className="ms-hint"> {result.unitName}</span> : null}</th><th scope="col">{t('result.requester')}</th><th scope="col"><span className="ms-hidden">{t('result.same')}</span></th></tr></thead>
          <tbody>
            {questions.map((question) => {
              const { unit, requester, same } = result.comparison[question]
              return (
                <tr key={question} data-differs={same === false || undefined}>
                  <th scope="row">{t(`short.${question}`)}</th>
                  <td>{statedWords(unit)}</td>
                  <td><strong>{question === 'satisfied' && result.gradeName ? result.gradeName : statedWords(requester)}</strong></td>
                  <td>{same === false ? <Tag tone="over">≠ {t('result.different')}</Tag> : same ? <Tag tone="ok">{t('result.same')}</Tag> : <span className="ms-hint">{t('result.noCompare')}</span>}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
        <Facts items={[
          { label: t('result.reasons'), value: result.reasons.join('、'), hidden: result.reasons.length === 0 },
          { label: t('result.items'), value: result.items.map((item) => `${item.name} ${item.gradeName}`).join('、'), hidden: result.items.length === 0 },
          { label: t('result.opinion'), value: result.opinion, hidden: !result.opinion },
          { label: t('result.suggestion'), value: result.suggestion, hidden: !result.suggestion },
          { label: t('result.notAttributable'), value: result.notAttributableReason, hidden: result.attributable },
          { label: t('result.way'), value: result.wayNote ?? (result.way === 'call' ? t('result.way.call') : t('result.way.otherWay')) },
          { label: t('result.by'), value: <>{result.actorName} <Time iso={result.at} /></> },
        ]} />
        {onNext ? <div><Button type="primary" onClick={onNext}>{t('result.next')}<kbd className="ms-kbd">n</kbd></Button></div> : null}
      </div>
    </>
  )
}
