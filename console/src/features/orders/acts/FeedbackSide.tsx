// Beside the feedback: the closing standard, ticking itself where files prove it, and what is still missing, each a jump.
import { Checkbox } from 'antd'
import type { ReactElement } from 'react'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { fileIds, text, words } from './form-values.ts'
import { t } from './texts.zh-CN.ts'

type Item = { text: string; evidence: boolean }
type Props = { standard: readonly Item[]; basisNeeded: boolean; contacted: boolean; form: ActFormHandle }
type Finding = { text: string; field: string; tone: 'over' | 'near' }

/** What the server would refuse (over) and what a reviewer would ask about (near). */
export function findings({ standard, basisNeeded, contacted, form }: Props): Finding[] {
  const { value } = form
  const evidence = standard.filter((one) => one.evidence).map((one) => one.text)
  const ticked = Array.isArray(value.ticked) ? value.ticked : []
  const open = standard.filter((one) => !one.evidence && !ticked.includes(one.text)).length
  const found: Finding[] = []
  if (evidence.length > 0 && fileIds(value).length === 0 && !text(value, 'quotedFrom')) found.push({ tone: 'over', field: 'fileIds', text: t('feedback.missingEvidence', { names: evidence.join('、') }) })
  if (basisNeeded && !text(value, 'basis')) found.push({ tone: 'over', field: 'basis', text: t('feedback.missingBasis') })
  if (!contacted && !text(value, 'contactMethod')) found.push({ tone: 'near', field: 'contactMethod', text: t('feedback.missingContact') })
  if (words(value, 'result').length < 20) found.push({ tone: 'near', field: 'result', text: t('feedback.short') })
  if (open > 0) found.push({ tone: 'near', field: 'ticked', text: t('feedback.unticked', { n: open }) })
  return found
}

export function FeedbackSide(props: Props): ReactElement {
  const { standard, form } = props
  const ticked = Array.isArray(form.value.ticked) ? form.value.ticked.filter((one) => typeof one === 'string') : []
  const proved = fileIds(form.value).length > 0 || text(form.value, 'quotedFrom') !== undefined
  const list = findings(props)
  return (
    <div className="ms-stack">
      <strong>{t('feedback.standard')}</strong>
      {standard.length === 0 ? <span className="ms-hint">{t('result.noStandard')}</span> : null}
      <div className="ms-checks" data-field="ticked">
        {standard.map((item) => item.evidence
          ? <Checkbox key={item.text} checked={proved} disabled>{item.text} <span className="ms-hint">{t('feedback.evidence')}</span></Checkbox>
          : <Checkbox key={item.text} checked={ticked.includes(item.text)} onChange={(e) => form.set({ ticked: e.target.checked ? [...ticked, item.text] : ticked.filter((one) => one !== item.text) })}>{item.text}</Checkbox>)}
      </div>
      <strong>{t('feedback.checks')}</strong>
      <div className="ms-checks" role="status">
        {list.length === 0 ? <span className="ms-row"><Icon name="check" size={14} />{t('feedback.allGood')}</span> : null}
        {list.map((one) => (
          <button key={one.field} type="button" className="ms-link-button ms-check-finding" data-tone={one.tone} onClick={() => form.jump(one.field)}>
            <span aria-hidden="true">{one.tone === 'over' ? '◆' : '▲'}</span> {one.text}
          </button>
        ))}
      </div>
    </div>
  )
}
