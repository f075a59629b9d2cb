// Filling the form from what was written or said: proposals with how sure they are; each can be left out, and all can be changed later.
import { useState } from 'react'
import type { ReactElement } from 'react'
import { call, type OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { usePortal } from '../../app/session.ts'
import { changeDraft, type Draft } from '../../draft/draft.ts'
import { sendFile } from '../../draft/send-file.ts'
import { toWave } from '../../draft/wave.ts'
import { Button } from '../../kit/Button.tsx'
import { Card, Tag } from '../../kit/Blocks.tsx'
import { Icon } from '../../kit/Icon.tsx'
import { say } from '../../kit/Layers.tsx'
import { t } from './texts.zh-CN.ts'

type Found = OutputOf<'assistSubmission'>
type Proposal = { field: string; label: string; shown: string; value: string; confidence: number; apply: Partial<Draft> }

const SURE = 0.6

function proposalsOf(found: Found, draft: Draft): Proposal[] {
  const list: Proposal[] = []
  if (found.appealType && found.appealType.confidence >= SURE) list.push({ field: 'appealType', label: t('rowType'), shown: found.appealType.name, value: found.appealType.id, confidence: found.appealType.confidence, apply: { appealType: found.appealType.id } })
  if (found.matter) list.push({ field: 'matterId', label: t('rowMatter'), shown: found.matter.name, value: found.matter.name, confidence: found.matter.confidence, apply: { matter: { id: found.matter.id, name: found.matter.name, path: found.matter.path }, noMatter: false } })
  if (found.area) list.push({ field: 'areaCode', label: t('placeChosen'), shown: found.area.name, value: found.area.code, confidence: found.area.confidence, apply: { area: { code: found.area.code, name: found.area.name } } })
  if (found.address) list.push({ field: 'address', label: t('placeAddress'), shown: found.address.value, value: found.address.value, confidence: found.address.confidence, apply: { address: found.address.value } })
  for (const a of found.answers) list.push({ field: `answers.${a.code}`, label: a.name, shown: a.value, value: a.value, confidence: a.confidence, apply: {} })
  if (found.content !== draft.content.trim()) list.push({ field: 'content', label: t('assistTidy'), shown: found.content, value: found.content, confidence: 0.9, apply: { content: found.content } })
  return list
}

export function Assist({ draft }: { draft: Draft }): ReactElement | null {
  const { settings } = usePortal()
  const [found, setFound] = useState<{ raw: string; list: Proposal[]; off: readonly string[] } | null>(null)
  const [busy, setBusy] = useState(false)
  const text = draft.content.trim()
  const read = async () => {
    setBusy(true)
    try {
      setFound({ raw: text, list: proposalsOf(await call('assistSubmission', { text: text.slice(0, 2000) }), draft), off: [] })
    } catch (error) {
      say(asProblem(error).title || t('assistFailed'))
    }
    setBusy(false)
  }
  const take = () => {
    if (!found) return
    const taken = found.list.filter((p) => !found.off.includes(p.field))
    const answers = Object.fromEntries(taken.flatMap((p) => (p.field.startsWith('answers.') ? [[p.field.slice(8), p.value]] : [])))
    changeDraft({ ...Object.assign({}, ...taken.map((p) => p.apply)), answers: { ...draft.answers, ...answers }, assist: { raw: found.raw, ...(draft.assist?.fileId ? { fileId: draft.assist.fileId } : {}), machine: found.list.map(({ field, value, confidence }) => ({ field, value, confidence })) } })
    setFound(null)
    say(t('assistTaken', { n: taken.length }))
  }
  const turn = (field: string) => { if (found) setFound({ ...found, off: found.off.includes(field) ? found.off.filter((f) => f !== field) : [...found.off, field] }) }
  return (
    <div className="k-stack" data-gap="small">
      <p className="k-line">
        {text.length >= 5 ? <Button tone="soft" icon="list" busy={busy} onClick={() => void read()}>{t('assistGo')}</Button> : null}
        {settings?.speech ? <Speak onText={(said, fileId) => changeDraft({ content: text === '' ? said : `${text}\n${said}`, assist: { raw: said, fileId, machine: [] } })} /> : null}
      </p>
      {settings && !settings.speech ? <p className="k-hint k-note"><Icon name="info" /><span>{t('speechOff')}</span></p> : null}
      {found ? (
        <Card title={t('assistTitle')} tone="soft">
          {found.list.length === 0 ? <p>{t('assistNothing')}</p> : (
            <>
              <p className="k-hint">{t('assistHelp')}</p>
              {found.list.map((p) => (
                <label key={p.field} className="k-choice">
                  <input type="checkbox" checked={!found.off.includes(p.field)} onChange={() => turn(p.field)} />
                  <span>{p.label}：{p.shown}<small>{p.confidence >= 0.8 ? t('assistSure') : <Tag tone="near">{t('assistUnsure')}</Tag>}</small></span>
                </label>
              ))}
            </>
          )}
          <div className="p-two">{found.list.length > 0 ? <Button tone="primary" onClick={take}>{t('assistTake')}</Button> : null}<Button onClick={() => setFound(null)}>{t('assistLeave')}</Button></div>
        </Card>
      ) : null}
    </div>
  )
}

/** A recording becomes text by the site's recognition; the recorder is the device's own. */
function Speak({ onText }: { onText: (text: string, fileId: string) => void }): ReactElement {
  const [busy, setBusy] = useState(false)
  const take = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    try {
      const wave = await toWave(file).catch(() => null)
      if (wave === null) say(t('speechUnread'))
      else {
        const { id: fileId } = await sendFile(wave, `${t('speechFile')}.wav`, () => undefined)
        onText((await call('transcribeSpeech', { fileId })).text, fileId)
      }
    } catch (error) {
      say(asProblem(error).title || t('assistFailed'))
    }
    setBusy(false)
  }
  return (
    <label className="k-button p-file" data-tone="soft" aria-busy={busy || undefined}><Icon name="sound" />{busy ? t('speechBusy') : t('speechGo')}
      <input type="file" accept="audio/*" capture onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ''; void take(file) }} />
    </label>
  )
}
