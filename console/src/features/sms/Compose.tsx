// One SMS to many: choose people and words, have it checked, then send. Nothing goes out unchecked.
import { Button, Input, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { PickerInput } from '../../ui/Pickers.tsx'
import { useAct } from '../../ui/use-act.ts'
import { userLoader } from '../orders/pickers.ts'
import { Favourites } from './Favourites.tsx'
import { t } from './texts.zh-CN.ts'

type Checked = OutputOf<'checkSmsSend'>
const asList = (value: string | string[] | undefined): string[] => (Array.isArray(value) ? value : value ? [value] : [])

export function Compose(): ReactElement {
  const { can } = useSession()
  const templates = useQueryOf('listSmsTemplates', {})
  const groups = useQueryOf('listGroups', {}, { enabled: can('platform.manageGroups') })
  const duties = useQueryOf('listDutyContacts', {})
  const send = useAct('list', 'listSmsSends')
  const people = useMemo(() => userLoader(), [])
  const [to, setTo] = useState<{ userIds: string[]; groupIds: string[]; dutyContactIds: string[]; typed: string }>({ userIds: [], groupIds: [], dutyContactIds: [], typed: '' })
  const [how, setHow] = useState<'template' | 'free'>('free')
  const [templateId, setTemplateId] = useState<string | undefined>(undefined)
  const [params, setParams] = useState<Record<string, string>>({})
  const [text, setText] = useState('')
  const [checked, setChecked] = useState<Checked | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const usable = (templates.data?.items ?? []).filter((one) => one.state === 'approved')
  const template = usable.find((one) => one.id === templateId)
  // whatever changes has to be checked again
  const touch = (change: () => void) => { change(); setChecked(null); setProblem(null) }
  const order = { userIds: to.userIds, groupIds: to.groupIds, dutyContactIds: to.dutyContactIds, numbers: to.typed.split(/[\s,，;；、]+/).filter(Boolean), ...(how === 'template' ? { templateId, params } : { text }) }
  const mayCheck = (how === 'template' ? template !== undefined : text.trim() !== '') && to.userIds.length + to.groupIds.length + to.dutyContactIds.length + order.numbers.length > 0
  const ready = checked !== null && checked.bad.length === 0 && checked.sensitive.length === 0 && checked.recipients > 0
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const go = async () => {
    if (!ready || !(await confirm({ title: t('confirmTitle'), text: t('confirmText'), verb: t('send', { n: checked.recipients }) }))) return
    await run(async () => {
      const { sent } = await send('sendDeskSms', order)
      say(t('sent', { n: sent }))
      setTo({ userIds: [], groupIds: [], dutyContactIds: [], typed: '' })
      setParams({})
      setText('')
      setChecked(null)
    })
  }
  return (
    <div className="ms-grid" style={{ gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' }}>
      <div className="ms-stack">
        <Section title={t('to')}>
          <div className="ms-stack">
            <label className="ms-field"><span className="ms-field-label">{t('people')}</span><PickerInput multiple loader={people} value={to.userIds} onChange={(next) => touch(() => setTo({ ...to, userIds: asList(next) }))} /></label>
            {groups.data?.items.length ? <label className="ms-field"><span className="ms-field-label">{t('groups')}</span><ChoiceSelect multiple value={to.groupIds} choices={groups.data.items.filter((one) => one.state === 'active').map((one) => ({ value: one.id, label: `${one.name}（${one.members}）` }))} onChange={(next) => touch(() => setTo({ ...to, groupIds: asList(next) }))} /></label> : null}
            {duties.data?.items.length ? <label className="ms-field"><span className="ms-field-label">{t('duties')}</span><ChoiceSelect multiple value={to.dutyContactIds} choices={duties.data.items.map((one) => ({ value: one.id, label: `${one.name} · ${one.unitName} ${one.dutyName}` }))} onChange={(next) => touch(() => setTo({ ...to, dutyContactIds: asList(next) }))} /></label> : null}
            <label className="ms-field"><span className="ms-field-label">{t('numbers')}</span><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} value={to.typed} onChange={(e) => touch(() => setTo({ ...to, typed: e.target.value }))} /><span className="ms-hint">{t('numbersHint')}</span></label>
          </div>
        </Section>
        <Section title={t('content')} extra={<Segmented size="small" value={how} options={[{ value: 'free', label: t('free') }, { value: 'template', label: t('template') }]} onChange={(next) => touch(() => setHow(next === 'template' ? 'template' : 'free'))} />}>
          {how === 'template' ? (
            <div className="ms-stack">
              <label className="ms-field"><span className="ms-field-label">{t('template')}</span><ChoiceSelect value={templateId} choices={usable.map((one) => ({ value: one.id, label: one.class ? `${one.class} · ${one.name}` : one.name }))} onChange={(next) => touch(() => { setTemplateId(typeof next === 'string' ? next : undefined); setParams({}) })} /></label>
              {template ? <div className="ms-note">{template.text}</div> : usable.length === 0 ? <span className="ms-muted">{t('noTemplates')}</span> : null}
              {template?.variables.map((name) => <label key={name} className="ms-field"><span className="ms-field-label">{name}</span><Input maxLength={200} value={params[name] ?? ''} onChange={(e) => touch(() => setParams({ ...params, [name]: e.target.value }))} /></label>)}
            </div>
          ) : <Input.TextArea style={{ marginBlockEnd: 16 }} aria-label={t('text')} autoSize={{ minRows: 4, maxRows: 10 }} maxLength={500} showCount value={text} onChange={(e) => touch(() => setText(e.target.value))} />}
        </Section>
      </div>
      <div className="ms-stack">
        <Section title={t('preview')}>
          <div className="ms-stack">
            {problem ? <ProblemLine problem={problem} /> : null}
            {checked ? (
              <>
                <p className="ms-pre" style={{ margin: 0 }}>{checked.text}</p>
                <div className="ms-note" data-tone={ready ? 'info' : undefined} role="status">{ready ? <strong>{t('ready')} </strong> : null}{t('length', { n: checked.length, parts: checked.parts, people: checked.recipients })}</div>
                {checked.sensitive.length ? <div className="ms-field-error">{t('sensitive', { words: checked.sensitive.join('、') })}</div> : null}
                {checked.bad.length ? <><strong>{t('bad')}</strong><table className="ms-plain-table"><tbody>{checked.bad.map((one) => <tr key={`${one.to}-${one.message}`}><td>{one.to}</td><td>{one.message}</td></tr>)}</tbody></table></> : null}
              </>
            ) : <span className="ms-muted">{t('waitCheck')}</span>}
            <div className="ms-acts"><Button disabled={!mayCheck} loading={busy} onClick={() => void run(async () => setChecked(await send('checkSmsSend', order)))}>{t('check')}</Button><Button type="primary" disabled={!ready} loading={busy} onClick={() => void go()}>{ready ? t('send', { n: checked.recipients }) : t('sendShort')}</Button></div>
          </div>
        </Section>
        <Favourites text={how === 'free' ? text : ''} onUse={(words) => touch(() => { setHow('free'); setText(words) })} />
      </div>
    </div>
  )
}
