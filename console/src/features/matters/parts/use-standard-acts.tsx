// Acts of a standard object as the server lists them: what needs a question asks it, what goes to review says so.
import { Modal, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { DateInput } from '../../../ui/DateInput.tsx'
import { ProblemLine } from '../../../ui/Empty.tsx'
import type { KnownAct } from '../../../ui/ActBar.tsx'
import { say } from '../../../ui/notices.ts'
import { useAct } from '../../../ui/use-act.ts'
import type { StandardKind } from './standard.tsx'
import { t } from './texts.zh-CN.ts'
import './matters.css'

const asked = ['submit', 'recall', 'withdraw', 'delete', 'offline', 'online', 'void'] as const
type Asked = (typeof asked)[number]
/** Acts that a reviewer decides: they may name the day from which they hold. */
const dated: ReadonlySet<Asked> = new Set(['submit', 'offline', 'online', 'void'])
/** Query keys that any change of the standard makes stale. */
export const standardQueries = ['list', 'listMatters', 'getMatter', 'matterDirectoryTree', 'getMatterDirectory', 'listDutyEntries', 'getDutyEntry', 'dutyMatrix', 'listAppealTypes', 'schemeTree', 'listSchemeNodes', 'getSchemeNode', 'listMatterChanges', 'getMatterChange', 'listMatterVersions', 'listLimitRules', 'matterOptions', 'listEnterprises', 'getEnterprise', 'listDutyLines', 'listMatterIssues', 'matterIssueProgress', 'standardAsOf', 'listMatterLinks', 'listMatterTemplates', 'browseMatters', 'pick'] as const

type Of = { kind: StandardKind; id: string; title: string; pendingChangeId: string | null; onEdit: () => void; onGone?: () => void }

/** `known` for the act bar, and the dialog to put on the page. */
export function useStandardActs({ kind, id, title, pendingChangeId, onEdit, onGone }: Of): { known: Record<string, KnownAct>; dialog: ReactElement } {
  const send = useAct(...standardQueries)
  const navigate = useNavigate()
  const [act, setAct] = useState<Asked | null>(null)
  const [reason, setReason] = useState('')
  const [effectiveOn, setEffectiveOn] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const open = (which: Asked) => { setAct(which); setReason(''); setEffectiveOn(''); setProblem(null) }
  const review = () => { if (pendingChangeId) void navigate(`/matters/reviews?change=${pendingChangeId}`) }
  const run = async () => {
    if (!act || busy) return
    setBusy(true)
    setProblem(null)
    try {
      const { changeId } = await send('actOnStandard', { kind, id, act, ...(reason.trim() ? { reason: reason.trim() } : {}), ...(effectiveOn ? { effectiveOn } : {}) })
      say(changeId ? t('toReview') : t('done_act', { act: t(`act_${act}`) }))
      setAct(null)
      if (act === 'delete') onGone?.()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const dangerous = act === 'delete' || act === 'void' || act === 'offline' || act === 'withdraw'
  const dialog = (
    <Modal open={act !== null} title={act ? `${t(`act_${act}`)}“${title}”` : ''} onCancel={() => setAct(null)} okText={act ? t(`act_${act}`) : ''} cancelText={t('cancel')} okButtonProps={{ danger: dangerous, loading: busy }} onOk={() => void run()} destroyOnHidden width={480} cancelButtonProps={{ autoFocus: true }}>
      <div className="ms-stack">
        {problem ? <ProblemLine problem={problem} /> : null}
        {problem?.fields.map((field) => <div key={field.path + field.message} className="ms-field-error">{field.message}</div>)}
        <div>{act ? t(`ask_${act}`) : ''}</div>
        {act && act !== 'recall' && act !== 'delete' ? <Input.TextArea aria-label={t('reason')} placeholder={`${t('reason')}（${t('reasonHint')}）`} maxLength={1000} autoSize={{ minRows: 2 }} value={reason} onChange={(e) => setReason(e.target.value)} /> : null}
        {act && dated.has(act) ? <label className="ms-dated">{t('effectiveOn')}<DateInput id="effective-on" value={effectiveOn} onChange={(next) => setEffectiveOn(next ?? '')} /><span className="ms-hint">{t('effectiveHint')}</span></label> : null}
      </div>
    </Modal>
  )
  const known: Record<string, KnownAct> = {
    edit: { key: 'e', run: onEdit },
    ...Object.fromEntries(asked.map((one) => [one, { danger: one === 'void' || one === 'delete', run: () => open(one) }])),
    approve: { key: 'a', run: review }, return: { key: 'r', run: review },
  }
  return { known, dialog }
}
