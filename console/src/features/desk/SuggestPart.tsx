// 智能建议: what the machine proposes for each field, how sure it is and why; Alt and the number takes it (AI-18).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Part } from '../../ui/DeskPart.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Tag } from '../../ui/Tags.tsx'
import type { Suggestions } from './use-suggestions.ts'
import { t } from './texts.zh-CN.ts'

const percent = (share: number): string => `${Math.round(share * 100)}%`

export function SuggestPart({ suggestions }: { suggestions: Suggestions }): ReactElement | null {
  const { lines, units, doubtful, summary, failed, take, takeAll } = suggestions
  const open = lines.filter((line) => line.taken === null || line.byMachine)
  useKeys(t('suggest.title'), [
    { keys: 'Alt A', label: t('suggest.all'), run: takeAll, enabled: open.length > 0 },
    ...lines.slice(0, 8).map((line, at) => ({ keys: `Alt ${at + 1}`, label: t('suggest.take', { field: line.label }), run: () => { const first = line.choices[0]; if (first) take(line, first) } })),
  ])
  if (failed) return <Part title={t('suggest.title')}><span className="ms-hint">{t('suggest.down')}</span></Part>
  if (lines.length + units.length + doubtful.length === 0) return null
  return (
    <Part title={t('suggest.title')} extra={open.length > 0 ? <Button size="small" type="link" onClick={takeAll}>{t('suggest.all')}<kbd className="ms-kbd">Alt A</kbd></Button> : null}>
      <ul className="ms-suggest" aria-label={t('suggest.title')}>
        {lines.map((line, at) => (
          <li key={line.field} data-taken={line.taken !== null && !line.byMachine}>
            <span className="ms-suggest-label">{line.label}{at < 8 ? <kbd className="ms-kbd">Alt {at + 1}</kbd> : null}{line.byMachine ? <Tag tone="near">{t('suggest.unconfirmed')}</Tag> : null}</span>
            <span className="ms-suggest-choices">
              {line.choices.slice(0, line.taken !== null && !line.byMachine ? 1 : 3).map((choice) => (
                <button key={choice.value} type="button" className="ms-suggest-choice" aria-pressed={line.taken === choice.value} title={choice.evidence.length > 0 ? t('suggest.why', { words: choice.evidence.join('、') }) : undefined} onClick={() => take(line, choice)}>
                  <span>{choice.name}</span><small>{percent(choice.confidence)}</small>
                </button>
              ))}
            </span>
          </li>
        ))}
        {units.length > 0 ? (
          <li><span className="ms-suggest-label">{t('suggest.units')}</span><span className="ms-suggest-choices">{units.map((one) => <span key={one.value} className="ms-suggest-choice" title={one.evidence.length > 0 ? t('suggest.why', { words: one.evidence.join('、') }) : undefined}><span>{one.name}</span><small>{percent(one.confidence)}</small></span>)}</span></li>
        ) : null}
      </ul>
      {doubtful.map((raw) => <div key={raw} className="ms-hint" role="note">{t('suggest.doubtful', { raw })}</div>)}
      {summary ? <details><summary className="ms-hint">{t('suggest.summary')}</summary><p>{summary}</p></details> : null}
    </Part>
  )
}
